import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import { postPrefix, userPartition } from "../db/keys.ts";
import { table } from "../db/table.ts";
import { MediaId, type UserId } from "../ids.ts";
import { PostItem } from "./post.repository.ts";

/** The uploads that an author's posts use: in their working copies, and in what readers have of them. */
export async function mediaInPosts(authorId: UserId): Promise<Set<MediaId>> {
  const used = new Set<string>();
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table
      .build(QueryCommand)
      .entities(PostItem)
      .query({ partition: userPartition(authorId), range: { beginsWith: postPrefix } })
      .options({ consistent: true, entityAttrFilter: false, ...(start && { exclusiveStartKey: start }) })
      .send();
    for (const { mediaIds, published } of Items) {
      for (const id of [...mediaIds, ...(published?.mediaIds ?? [])]) used.add(id);
    }
    start = LastEvaluatedKey;
  } while (start);
  return new Set([...used].map((id) => MediaId.parse(id)));
}
