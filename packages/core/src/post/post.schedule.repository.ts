import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import { publishingPartition } from "../db/keys.ts";
import { table } from "../db/table.ts";
import { PostId, UserId } from "../ids.ts";
import { PostItem } from "./post.repository.ts";

/** A post that is due for publication. */
export interface DuePost {
  readonly authorId: UserId;
  readonly id: PostId;
  /** ISO 8601 */
  readonly time: string;
}

/**
 * Lists the posts scheduled for a day between two times, earliest first, in pages. The index is eventually consistent,
 * so publishing checks the post again.
 *
 * @param day `yyyy-mm-dd` in UTC
 * @param from ISO 8601, inclusive
 * @param to ISO 8601, inclusive
 */
export async function* listDue(day: string, from: string, to: string): AsyncGenerator<DuePost[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table
      .build(QueryCommand)
      .entities(PostItem)
      // The sort key is the time, `#` and an id; `$` sorts right after `#`.
      .query({ index: "gsi2", partition: publishingPartition(day), range: { between: [from, `${to}$`] } })
      .options({ entityAttrFilter: false, limit: 100, ...(start && { exclusiveStartKey: start }) })
      .send();
    yield Items.flatMap(({ authorId, id, scheduledFor: time }) =>
      time === undefined ? [] : [{ authorId: UserId.parse(authorId), id: PostId.parse(id), time }],
    );
    start = LastEvaluatedKey;
  } while (start);
}
