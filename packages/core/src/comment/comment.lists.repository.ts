import { QueryCommand as DocumentQueryCommand } from "@aws-sdk/lib-dynamodb";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import * as z from "zod";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import { commenterPartition, commentKey, commentPartition, reviewPartition } from "../db/keys.ts";
import { table } from "../db/table.ts";
import { CommentId, PostId, ReaderId, UserId } from "../ids.ts";
import { CommentItem, type CommentRecord, rankOf, toRecord } from "./comment.item.repository.ts";

/** Returns a page of a post's comments as readers see them, oldest first. One consistent round trip to `lsi1`. */
export async function listInPlace(postId: PostId, { limit, cursor }: PageQuery): Promise<Page<CommentRecord>> {
  const cursors = cursorOf(`${postId}/comments`, z.tuple([z.int(), CommentId]));
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  // Read one more than the page holds, so that the last page does not link to an empty one.
  const { Items = [], LastEvaluatedKey } = await table
    .build(QueryCommand)
    .entities(CommentItem)
    .query({ index: "lsi1", partition: commentPartition(postId) })
    .options({
      consistent: true,
      entityAttrFilter: false,
      limit: limit + 1,
      ...(after && { exclusiveStartKey: { ...commentKey(postId, after[1]), rank: after[0] } }),
    })
    .send();
  const items = Items.slice(0, limit).map(toRecord);
  const last = items.at(-1);
  // DynamoDB ends a page early when it has read 1 MB.
  const more = Items.length > limit || LastEvaluatedKey !== undefined;
  return { items, next: more && last ? cursors.encode([rankOf(last), last.id]) : undefined };
}

/** Returns a page of the comments that an author has to review, oldest first. One eventually consistent round trip. */
export async function listToReview(postAuthorId: UserId, { limit, cursor }: PageQuery): Promise<Page<CommentRecord>> {
  const cursors = cursorOf(`${postAuthorId}/comments-to-review`, z.tuple([PostId, CommentId]));
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  const partition = reviewPartition(postAuthorId);
  const { Items = [], LastEvaluatedKey } = await table
    .build(QueryCommand)
    .entities(CommentItem)
    .query({ index: "gsi2", partition })
    .options({
      entityAttrFilter: false,
      limit: limit + 1,
      ...(after && { exclusiveStartKey: { ...commentKey(...after), gsi2pk: partition, gsi2sk: after[1] } }),
    })
    .send();
  const items = Items.slice(0, limit).map(toRecord);
  const last = items.at(-1);
  const more = Items.length > limit || LastEvaluatedKey !== undefined;
  return { items, next: more && last ? cursors.encode([last.postId, last.id]) : undefined };
}

/** Counts the visible comments of a post. One consistent round trip per megabyte. */
export async function countVisible(postId: PostId): Promise<number> {
  let count = 0;
  let start: Record<string, unknown> | undefined;
  do {
    const { Count = 0, LastEvaluatedKey } = await table.getDocumentClient().send(
      new DocumentQueryCommand({
        TableName: table.getName(),
        IndexName: "lsi1",
        KeyConditionExpression: "pk = :pk",
        // Comments that are kept only for their replies do not count.
        FilterExpression: "#state = :visible",
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: { ":pk": commentPartition(postId), ":visible": "visible" },
        Select: "COUNT",
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    count += Count;
    start = LastEvaluatedKey;
  } while (start);
  return count;
}

/** Number of traces in each page but the last. */
export const tracesPerPage = 100;

/** A comment of a user, or the record that an author has blocked them. */
const Trace = z.union([
  z.object({ entity: z.literal("comment"), postId: PostId, id: CommentId }),
  z.object({ entity: z.literal("blocked-reader"), authorId: UserId, readerId: ReaderId }),
]);
type Trace = z.output<typeof Trace>;

/** Yields all comments and block records of a user, one page at a time. Eventually consistent. */
export async function* tracesOf(userId: UserId, from?: string): AsyncGenerator<Trace[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.getDocumentClient().send(
      new DocumentQueryCommand({
        TableName: table.getName(),
        IndexName: "gsi1",
        KeyConditionExpression: from === undefined ? "gsi1pk = :pk" : "gsi1pk = :pk AND gsi1sk >= :from",
        ExpressionAttributeValues: { ":pk": commenterPartition(userId), ...(from !== undefined && { ":from": from }) },
        Limit: tracesPerPage,
        ExclusiveStartKey: start,
      }),
    );
    yield Items.map((item) => Trace.parse(item));
    start = LastEvaluatedKey;
  } while (start);
}
