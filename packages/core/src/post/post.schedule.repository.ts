import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import { publishingPartition } from "../db/keys.ts";
import { table } from "../db/table.ts";
import { PostId, UserId } from "../ids.ts";
import { PostItem } from "./post.repository.ts";

/** A post that is to be published at a time. */
export interface DuePost {
  readonly authorId: UserId;
  readonly id: PostId;
  /** ISO 8601 */
  readonly time: string;
}

/**
 * The posts that are to be published on a day between two moments, the first ones first, a page at a time. What the index says may be old:
 * whoever publishes looks again.
 *
 * @param day `yyyy-mm-dd` of UTC; the moments are ISO 8601
 */
export async function* listDue(day: string, from: string, to: string): AsyncGenerator<DuePost[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table
      .build(QueryCommand)
      .entities(PostItem)
      // A time is followed by `#` and an id.
      .query({ index: "gsi2", partition: publishingPartition(day), range: { between: [from, `${to}$`] } })
      .options({ entityAttrFilter: false, limit: 100, ...(start && { exclusiveStartKey: start }) })
      .send();
    yield Items.flatMap(({ authorId, id, scheduledFor: time }) =>
      time === undefined ? [] : [{ authorId: UserId.parse(authorId), id: PostId.parse(id), time }],
    );
    start = LastEvaluatedKey;
  } while (start);
}
