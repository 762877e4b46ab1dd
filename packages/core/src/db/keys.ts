import type { CommentId, ListId, MediaId, PostId, ReaderId, SessionId, TodoId, UserId } from "../ids.ts";

/*
 * Every access pattern of the table, above the key that serves it.
 *
 * Table   pk, sk
 * lsi1    pk, rank (number)        consistent reads in the order of `rank`
 * gsi1    gsi1pk, gsi1sk           sparse: a user's items across other partitions
 * gsi2    gsi2pk, gsi2sk           sparse: items by time, or by the user who works on them
 * TTL     expiresAt (epoch seconds)
 *
 * Planned access patterns. None of them needs a migration: each uses new items, or attributes that only new writes set.
 *
 * | access pattern                          | keys                                                                  |
 * |-----------------------------------------|-----------------------------------------------------------------------|
 * | members of a list                       | pk LIST#<listId>, sk MEMBER#<userId>, next to the member's LIST# item |
 * | lists that a user is a member of        | the same items as the user's own lists: role says which               |
 * | todos due in a user's own lists, by day | gsi1 USER#<userId>#DUE, <date>#<todoId> (written today)               |
 * | todos due in lists shared with a user   | pk USER#<userId>, sk DUE#<date>#<todoId>, kept by a stream consumer   |
 * | reminders of a minute                   | gsi2 REMINDER#<yyyy-mm-ddThh:mm>#<shard>, <todoId>, on the todo       |
 * | attachments of a todo                   | pk LIST#<listId>#<epoch>, sk ATTACHMENT#<todoId>#<mediaId>, no rank   |
 * | todos by tag or word                    | pk USER#<userId>#TERMS, sk <term>#<todoId>, kept by a stream consumer |
 */

/**
 * Profile of a user: GetItem. The partition holds the user's private data, such as `SESSION#ses_1` and `LIST#lst_1`.
 */
export const profileKey = (userId: UserId) => ({ pk: userPartition(userId), sk: "PROFILE" });

/**
 * Marker of a deleted account: GetItem. It is written with the deletion of the profile and outlives every access token,
 * so that a request with an old token cannot create the profile again: if the account is deleted at 10:00, a token
 * issued at 9:59 is valid until 10:14. The marker is outside of the user's partition, because that partition is
 * emptied.
 */
export const deletedUserKey = (userId: UserId) => ({ pk: `${userPartition(userId)}#DELETED`, sk: "DELETED" });

/** One session: GetItem. All sessions of a user: Query, sk begins with `SESSION#`. */
export const sessionKey = (userId: UserId, sessionId: SessionId) => ({
  pk: userPartition(userId),
  sk: `${sessionPrefix}${sessionId}`,
});
export const sessionPrefix = "SESSION#";

/**
 * A user's membership in a list, with the role: GetItem. A user's lists, oldest first: Query, sk begins with `LIST#`.
 */
export const membershipKey = (userId: UserId, listId: ListId) => ({
  pk: userPartition(userId),
  sk: `${membershipPrefix}${listId}`,
});
export const membershipPrefix = "LIST#";

/**
 * A list with its number of open todos, which a stream consumer maintains: GetItem. Authorization reads the list and
 * the actor's membership with one BatchGetItem: `LIST#lst_1` / `LIST` and `USER#usr_1` / `LIST#lst_1`.
 */
export const listKey = (listId: ListId) => ({ pk: listPartition(listId), sk: "LIST" });

/**
 * One todo: GetItem. The partition of a todo contains the list's epoch. Incrementing the epoch empties a list of any
 * size with one write: when `lst_1` goes from epoch 0 to 1, reads use `LIST#lst_1#1` and no longer find the todos in
 * `LIST#lst_1#0`.
 */
export const todoKey = (listId: ListId, epoch: number, todoId: TodoId) => ({
  pk: todoPartition(listId, epoch),
  sk: `${todoPrefix}${todoId}`,
});
export const todoPrefix = "TODO#";

/**
 * The running sweep of a list, which changes all of its todos: GetItem. A list has at most one, such as "complete all".
 */
export const sweepKey = (listId: ListId) => ({ pk: listPartition(listId), sk: "SWEEP" });

/**
 * The mark that begins and ends a recount of the open todos: PutItem. It is in the partition of the todos, because the
 * stream keeps the order of writes within a partition. If the stream delivers begin, end (3 open), nothing changed in
 * between, and 3 is exact. If it delivers begin, a new todo, end, the recount is repeated.
 */
export const recountKey = (listId: ListId, epoch: number) => ({ pk: todoPartition(listId, epoch), sk: "RECOUNT" });

/**
 * A list with its sweep. To clean up a deleted list, Query this partition and that of its todos: `LIST#lst_1` and
 * `LIST#lst_1#0`.
 */
export const listPartition = (listId: ListId) => `LIST#${listId}`;

/**
 * Todos of a list by rank: Query on lsi1, because only todos have a `rank`. Neighbors of a todo: the same Query from
 * its rank, such as 1024, in either direction. Todos by id: Query, sk begins with `TODO#`. Left-over todos of an
 * emptied list: Query with the previous epoch.
 */
export const todoPartition = (listId: ListId, epoch: number) => `LIST#${listId}#${epoch}`;

/**
 * Open todos of a user's own lists by due date: Query on gsi1. A todo has `gsi1pk` while it is open and `gsi1sk` while
 * it has a due date. Each attribute depends on one fact, so a write does not need to read the other. The index contains
 * the todo only if it has both.
 *
 * Example: `tod_1` is due on 2026-12-01, so its `gsi1sk` is `2026-12-01#tod_1`. Completing it removes only `gsi1pk`,
 * which takes it out of the index. Reopening it sets `gsi1pk` again without a read of the due date.
 */
export const duePartition = (ownerId: UserId) => `${userPartition(ownerId)}#DUE`;
export const dueSort = (dueDate: string, todoId: TodoId) => `${dueDate}#${todoId}`;

/**
 * A request with an `Idempotency-Key`, for 24 hours. It is written in the same transaction as the request's items. If
 * it exists, the transaction fails and returns it. It has a separate partition, `USER#usr_1#REQUESTS`, so that queries
 * of `USER#usr_1` never read it.
 */
export const requestKey = (userId: UserId, operation: string, key: string) => ({
  pk: requestPartition(userId),
  sk: `${operation}#${key}`,
});
export const requestPartition = (userId: UserId) => `${userPartition(userId)}#REQUESTS`;

/** An address, by its hash, that must not get any email: GetItem. */
export const suppressedAddressKey = (addressHash: string) => ({ pk: `ADDRESS#${addressHash}`, sk: "SUPPRESSED" });

/** The time up to which a schedule has finished its work: GetItem. */
export const watermarkKey = (schedule: string) => ({ pk: `SCHEDULE#${schedule}`, sk: "WATERMARK" });

/** An upload: GetItem. */
export const mediaKey = (ownerId: UserId, mediaId: MediaId) => ({ pk: userPartition(ownerId), sk: `MEDIA#${mediaId}` });
/**
 * Uploads by the day on which a scheduled job checks whether they are still used: Query on gsi2, from the watermark.
 */
export const mediaCheckPartition = (day: string) => `MEDIA#${day}`;

/**
 * Number of a user's calls in a time window: UpdateItem. `stretch` is the number of the window: with windows of 60
 * seconds, second 125 is in window 2.
 */
export const rateKey = (userId: UserId, what: string, stretch: number) => ({
  pk: ratePartition(userId),
  sk: `${what}#${stretch}`,
});

export const ratePartition = (userId: UserId) => `${userPartition(userId)}#RATE`;

/**
 * A notice to email to the owner of an account, kept for two days: GetItem. It is outside of the user's partition,
 * because the notice of a deleted account must outlive it.
 */
export const noticeKey = (noticeId: string) => ({ pk: `NOTICE#${noticeId}`, sk: "NOTICE" });

/** Recovery codes of a user, as hashes: GetItem. */
export const recoveryCodesKey = (userId: UserId) => ({ pk: userPartition(userId), sk: "RECOVERY" });

/**
 * Attempts on an account, and the browsers that have signed in to it, by a hash of the email address or the user id:
 * GetItem.
 */
export const accountAttemptsKey = (accountHash: string) => ({ pk: `ATTEMPTS#${accountHash}`, sk: "ATTEMPTS" });

/** Number of attempts from a client address in a time window, by a hash of the address: UpdateItem. */
export const addressAttemptsKey = (addressHash: string, stretch: number) => ({
  pk: `ATTEMPTS#${addressHash}`,
  sk: `STRETCH#${stretch}`,
});

/** An item that never exists. Reading it checks that the table answers: GetItem. */
export const healthKey = { pk: "HEALTH", sk: "HEALTH" };

export const userPartition = (userId: UserId) => `USER#${userId}`;

// #region blog
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
// #endregion blog
