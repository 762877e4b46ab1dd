import { QueryCommand as DocumentQueryCommand } from "@aws-sdk/lib-dynamodb";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import * as z from "zod";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import { commenterPartition, commentKey, commentPartition, reviewPartition } from "../db/keys.ts";
import { table } from "../db/table.ts";
import { CommentId, PostId, ReaderId, UserId } from "../ids.ts";
import { CommentItem, type CommentRecord, rankOf, toRecord } from "./comment.item.repository.ts";

/** A page of what readers see of a post's comments, oldest first, read consistently from `lsi1`; one round trip. */
export async function listInPlace(postId: PostId, { limit, cursor }: PageQuery): Promise<Page<CommentRecord>> {
  const cursors = cursorOf(`${postId}/comments`, z.tuple([z.int(), CommentId]));
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  // One more than the page holds, so that its last page has no link to an empty one.
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
  // DynamoDB ends a page early when it has read a megabyte.
  const more = Items.length > limit || LastEvaluatedKey !== undefined;
  return { items, next: more && last ? cursors.encode([rankOf(last), last.id]) : undefined };
}

/** A page of what an author is to decide of, oldest first; one round trip to an index, which may be late. */
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

/** Counts the visible comments of a post: a consistent round trip for each megabyte of them. */
export async function countVisible(postId: PostId): Promise<number> {
  let count = 0;
  let start: Record<string, unknown> | undefined;
  do {
    const { Count = 0, LastEvaluatedKey } = await table.getDocumentClient().send(
      new DocumentQueryCommand({
        TableName: table.getName(),
        IndexName: "lsi1",
        KeyConditionExpression: "pk = :pk",
        // What is only in its place for the sake of its replies is none.
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

/** How many traces a page holds, unless it is the last. */
export const tracesPerPage = 100;

/** A comment of a user, or the record that an author has blocked them. */
const Trace = z.union([
  z.object({ entity: z.literal("comment"), postId: PostId, id: CommentId }),
  z.object({ entity: z.literal("blocked-reader"), authorId: UserId, readerId: ReaderId }),
]);
type Trace = z.output<typeof Trace>;

/** All items that name a user, a page at a time. The index is eventually consistent. */
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
