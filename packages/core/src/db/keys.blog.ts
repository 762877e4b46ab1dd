import type { CommentId, PostId, ReaderId, UserId } from "../ids.ts";
import { userPartition } from "./keys.ts";

/* The access patterns of the blog, like those in `keys.ts`. */

/**
 * The draft of a post, in two items: `POST#pst_1` with the data that lists show, and `BODY#pst_1` with the body, which
 * lists do not read. One post: BatchGetItem of both. An author's posts, newest first: Query, sk begins with `POST#`,
 * backward.
 */
export const postKey = (authorId: UserId, postId: PostId) => ({
  pk: userPartition(authorId),
  sk: `${postPrefix}${postId}`,
});
export const postPrefix = "POST#";
export const postBodyKey = (authorId: UserId, postId: PostId) => ({
  pk: userPartition(authorId),
  sk: `${postBodyPrefix}${postId}`,
});
export const postBodyPrefix = "BODY#";

/**
 * The address of a published post by its id, with the data that a new comment needs: GetItem. It exists only while the
 * post is published.
 */
export const publishedPostReferenceKey = (postId: PostId) => ({ pk: `POST#${postId}`, sk: "PUBLICATION" });

/**
 * A published post, or a redirect to it, by address: GetItem. There is one item per address, which keeps slugs unique:
 * a second post of `ada` with the slug `hello` cannot put `PAGE#ada/hello`.
 */
export const publishedPostKey = (handle: string, slug: string) => ({
  pk: publishedPostPartition(handle, slug),
  sk: "PAGE",
});

/** The HTML of a published post: Query, together with the post. */
export const renderedHtmlKey = (handle: string, slug: string) => ({
  pk: publishedPostPartition(handle, slug),
  sk: "HTML",
});

/** All items of an address: Query. */
export const publishedPostPartition = (handle: string, slug: string) => `PAGE#${handle}/${slug}`;

/**
 * Published posts in lists, newest first: Query, backward. The transaction that publishes a post writes the same entry
 * to the list of all posts, of its author, of its month and of each tag. For example, a post of `ada` with the tag
 * `tea` is in `POSTS`, `POSTS#AUTHOR#ada`, `POSTS#MONTH#2026-11` and `POSTS#TAG#tea`. Readers get lists from the edge
 * cache, so many readers cause one Query.
 */
export const listEntryKey = (list: string, publishedAt: string, postId: PostId) => ({
  pk: list,
  sk: `${publishedAt}#${postId}`,
});
export const everythingPartition = "POSTS";
export const authorPartition = (handle: string) => `POSTS#AUTHOR#${handle}`;
export const monthPartition = (month: string) => `POSTS#MONTH#${month}`;
export const tagPartition = (tag: string) => `POSTS#TAG#${tag}`;

/**
 * Months with published posts, newest first: Query, backward. A subscriber writes them, so that two posts published at
 * the same time do not conflict on `2026-11`.
 */
export const monthKey = (month: string) => ({ pk: monthsPartition, sk: month });
export const monthsPartition = "MONTHS";

/**
 * Scheduled posts by day, then by time: Query on gsi2, from the watermark. With a watermark of 2026-11-30T10:05Z, read
 * `PUBLISH#2026-11-30` from 10:05.
 */
export const publishingPartition = (day: string) => `PUBLISH#${day}`;
export const publishingSort = (time: string, postId: PostId) => `${time}#${postId}`;

/**
 * The owner of a handle, with the public profile: GetItem. There is one item per handle, which keeps handles unique: a
 * second user cannot put `AUTHOR#ada`.
 */
export const authorKey = (handle: string) => ({ pk: `AUTHOR#${handle}`, sk: "AUTHOR" });

/**
 * Comments of a post, oldest first: Query. Comments as readers see them: Query on lsi1. A comment has a `rank` only if
 * it is visible or has replies: a deleted comment with two replies keeps its place, and one without replies has no
 * `rank`. One comment: GetItem. A user's own comments: Query on gsi1. Comments that wait for the post's author, and
 * visible comments of readers on an author's posts, newest first: Query on gsi2.
 */
export const commentKey = (postId: PostId, commentId: CommentId) => ({
  pk: commentPartition(postId),
  sk: `${commentPrefix}${commentId}`,
});
export const commentPrefix = "COMMENT#";
export const commentPartition = (postId: PostId) => `POST#${postId}#COMMENTS`;
export const commenterPartition = (userId: UserId) => `${userPartition(userId)}#COMMENTS`;
export const reviewPartition = (authorId: UserId) => `${userPartition(authorId)}#REVIEW`;
export const receivedPartition = (authorId: UserId) => `${userPartition(authorId)}#RECEIVED`;

/**
 * A reader who is blocked from commenting on an author's posts: GetItem, ConditionCheck. All readers that an author has
 * blocked: Query, sk begins with `BLOCKED#`.
 */
export const blockedReaderKey = (authorId: UserId, readerId: ReaderId) => ({
  pk: userPartition(authorId),
  sk: `${blockedPrefix}${readerId}`,
});
export const blockedPrefix = "BLOCKED#";

/** The comment up to which an author was mailed about comments, and when: GetItem. */
export const commentMailKey = (authorId: UserId) => ({ pk: userPartition(authorId), sk: "COMMENT-MAIL" });
