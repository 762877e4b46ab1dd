import * as z from "zod";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import {
  commenterPartition,
  commentKey,
  commentPartition,
  receivedPartition,
  reviewPartition,
} from "../db/keys.blog.ts";
import { queryCount, queryOnce, queryPage, queryPages } from "../db/query.ts";
import { CommentId, PostId, ReaderId, UserId } from "../ids.ts";
import { asReceived, type CommentRecord, comments, rankOf, toReview } from "./comment.item.repository.ts";

/** Returns a page of a post's comments as readers see them, oldest first. One consistent round trip to `lsi1`. */
export const listInPlace = (postId: PostId, page: PageQuery): Promise<Page<CommentRecord>> =>
  queryPage(
    comments,
    { index: "lsi1", partition: commentPartition(postId) },
    {
      cursors: cursorOf(`${postId}/comments`, z.tuple([z.int(), CommentId])),
      of: (comment) => [rankOf(comment), comment.id],
      keyAt: ([rank, id]) => ({ ...commentKey(postId, id), rank }),
    },
    page,
  );

/** Returns a page of the comments that an author has to review, oldest first. One eventually consistent round trip. */
export const listToReview = (authorId: UserId, page: PageQuery): Promise<Page<CommentRecord>> =>
  queryPage(
    comments,
    { index: "gsi2", partition: reviewPartition(authorId) },
    {
      cursors: cursorOf(`${authorId}/comments-to-review`, z.tuple([PostId, CommentId])),
      of: ({ postId, id }) => [postId, id],
      keyAt: ([postId, id]) => ({ ...commentKey(postId, id), ...toReview(authorId, id) }),
    },
    page,
  );

/**
 * Returns a page of the visible comments of readers on an author's posts, newest first. One eventually consistent round
 * trip.
 */
export const listReceived = (authorId: UserId, page: PageQuery): Promise<Page<CommentRecord>> =>
  queryPage(
    comments,
    { index: "gsi2", partition: receivedPartition(authorId), reverse: true },
    {
      cursors: cursorOf(`${authorId}/received-comments`, z.tuple([PostId, CommentId])),
      of: ({ postId, id }) => [postId, id],
      keyAt: ([postId, id]) => ({ ...commentKey(postId, id), ...asReceived(authorId, id) }),
    },
    page,
  );

/**
 * Returns the newest comments of readers on an author's posts, visible or waiting for review, in the order of their
 * creation. Two eventually consistent round trips at the same time.
 *
 * @param between sort keys, both inclusive
 * @param limit maximum number of each kind
 */
export async function newestOf(
  authorId: UserId,
  between: readonly [string, string],
  limit: number,
): Promise<CommentRecord[]> {
  const partitions = [receivedPartition(authorId), reviewPartition(authorId)];
  const found = await Promise.all(
    partitions.map((partition) => queryOnce({ index: "gsi2", partition, sortKey: { between }, reverse: true, limit })),
  );
  const read = found.flatMap(({ items }) => items.map(comments.read));
  return read.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Counts the visible comments of a post. One consistent round trip per megabyte. */
export const countVisible = (postId: PostId): Promise<number> =>
  // Comments that are kept only for their replies do not count.
  queryCount({ index: "lsi1", partition: commentPartition(postId), filter: { state: "visible" } });

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
  const pages = queryPages({
    index: "gsi1",
    partition: commenterPartition(userId),
    ...(from !== undefined && { sortKey: { gte: from } }),
    limit: tracesPerPage,
  });
  for await (const { items } of pages) yield items.map((item) => Trace.parse(item));
}
