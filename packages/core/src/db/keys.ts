import type { CommentId, ListId, MediaId, PostId, ReaderId, SessionId, TodoId, UserId } from "../ids.ts";

/*
 * Every access pattern of the one table, above the key that serves it.
 *
 * Table   pk, sk
 * lsi1    pk, rank (number)        consistent reads in an order of the item's own
 * gsi1    gsi1pk, gsi1sk           sparse: what a user has, across lists
 * gsi2    gsi2pk, gsi2sk           sparse: what falls into a stretch of time
 * TTL     expiresAt (epoch seconds)
 *
 * Foreseen. None of these needs a migration: they are new items, or attributes that only new writes carry.
 *
 * | access pattern                           | keys                                                                         |
 * |------------------------------------------|------------------------------------------------------------------------------|
 * | members of a list                        | pk LIST#<listId>, sk MEMBER#<userId>, beside the member's own LIST# item     |
 * | lists that a user is a member of         | the same items as the user's own lists: role says which                      |
 * | todos due in a user's own lists, by day  | gsi1 USER#<userId>#DUE, <date>#<todoId> (written today)                      |
 * | todos due in lists shared with a user    | pk USER#<userId>, sk DUE#<date>#<todoId>, kept by a stream consumer          |
 * | reminders of a minute                    | gsi2 REMINDER#<yyyy-mm-ddThh:mm>#<shard>, <todoId>, on the todo              |
 * | attachments of a todo                    | pk LIST#<listId>#<epoch>, sk ATTACHMENT#<todoId>#<mediaId>, no rank          |
 * | todos by tag or word                     | pk USER#<userId>#TERMS, sk <term>#<todoId>, kept by a stream consumer        |
 */

/** The profile of a user: GetItem. Everything that is private to a user is in this partition. */
export const profileKey = (userId: UserId) => ({ pk: userPartition(userId), sk: "PROFILE" });

/**
 * That an account was deleted: written with the removal of its profile, and there for longer than any access token is valid, so that
 * nothing makes the profile again. Outside of the user's partition, which is emptied: GetItem.
 */
export const deletedUserKey = (userId: UserId) => ({ pk: `${userPartition(userId)}#DELETED`, sk: "DELETED" });

/** One session: GetItem. All sessions of a user: Query, sk begins with `SESSION#`. */
export const sessionKey = (userId: UserId, sessionId: SessionId) => ({
  pk: userPartition(userId),
  sk: `${sessionPrefix}${sessionId}`,
});
export const sessionPrefix = "SESSION#";

/** Whether, and as what, a user takes part in a list: GetItem. The lists of a user, oldest first: Query, sk begins with `LIST#`. */
export const membershipKey = (userId: UserId, listId: ListId) => ({
  pk: userPartition(userId),
  sk: `${membershipPrefix}${listId}`,
});
export const membershipPrefix = "LIST#";

/**
 * What a list is, and how many todos are open in it, which a consumer of the stream keeps: GetItem; with the actor's membership in one
 * BatchGetItem, which is how access is granted.
 */
export const listKey = (listId: ListId) => ({ pk: listPartition(listId), sk: "LIST" });

/**
 * One todo: GetItem. Todos are in a partition of their list and its epoch: emptying a list of any size is one increment of the
 * epoch, after which nothing finds the old todos.
 */
export const todoKey = (listId: ListId, epoch: number, todoId: TodoId) => ({
  pk: todoPartition(listId, epoch),
  sk: `${todoPrefix}${todoId}`,
});
export const todoPrefix = "TODO#";

/** The change of all todos of a list that is being carried out, of which there is at most one: GetItem. */
export const sweepKey = (listId: ListId) => ({ pk: listPartition(listId), sk: "SWEEP" });

/**
 * The marks between which the open todos of a list are counted anew. They are among those todos, for the stream tells of one partition in
 * the order of its writes: PutItem.
 */
export const recountKey = (listId: ListId, epoch: number) => ({ pk: todoPartition(listId, epoch), sk: "RECOUNT" });

/** What remains of a list that is deleted: Query on this, and on the partition of its todos. */
export const listPartition = (listId: ListId) => `LIST#${listId}`;

/**
 * The todos of a list in their order: Query on lsi1, whose `rank` only todos carry; those beside a place: from a rank, in either
 * direction. All of them, in that of their ids: Query, sk begins with `TODO#`. What remains of an emptied list: Query on its former
 * epoch.
 */
export const todoPartition = (listId: ListId, epoch: number) => `LIST#${listId}#${epoch}`;

/**
 * Open todos of a user's own lists by the day they are due: Query on gsi1. Each half of the key states one fact, so that a write
 * which knows one of them need not read the other: `gsi1pk` is there while the todo is open, `gsi1sk` while it has a due date.
 * The index holds an item only while both are there.
 */
export const duePartition = (ownerId: UserId) => `${userPartition(ownerId)}#DUE`;
export const dueSort = (dueDate: string, todoId: TodoId) => `${dueDate}#${todoId}`;

/**
 * A request that was sent with a key (Idempotency-Key), for 24 hours: written in the transaction of its effect, which fails when it
 * is there and returns it. In a partition of its own, so that reading a user's items never meets it.
 */
export const requestKey = (userId: UserId, operation: string, key: string) => ({
  pk: requestPartition(userId),
  sk: `${operation}#${key}`,
});
export const requestPartition = (userId: UserId) => `${userPartition(userId)}#REQUESTS`;

/** That an address, of which this is a hash, is to get no mail: GetItem. */
export const suppressedAddressKey = (addressHash: string) => ({ pk: `ADDRESS#${addressHash}`, sk: "SUPPRESSED" });

/**
 * The working copy of a post, which is its author's alone: what is listed, and the body beside it, which lists need not read. One
 * post: BatchGetItem of both. The posts of an author, newest first: Query, sk begins with `POST#`, backwards.
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

/** The address of a published post by its id, and what a comment on it needs: GetItem. It exists while the post is published. */
export const publishedPostReferenceKey = (postId: PostId) => ({ pk: `POST#${postId}`, sk: "PUBLICATION" });

/**
 * A published post, or a redirect to it, at an address: GetItem. One item for each address keeps slugs unique.
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

/** All items at an address: Query. */
export const publishedPostPartition = (handle: string, slug: string) => `PAGE#${handle}/${slug}`;

/**
 * Published posts as lists show them, newest first: Query, backwards. The same entry is in the list of everything, of its author, of
 * its month, and of each of its tags, all written by the transaction that publishes. A list is read through the edge, so that a crowd
 * is one request, and written once each time a post is published.
 */
export const listEntryKey = (list: string, publishedAt: string, postId: PostId) => ({
  pk: list,
  sk: `${publishedAt}#${postId}`,
});
export const everythingPartition = "POSTS";
export const authorPartition = (handle: string) => `POSTS#AUTHOR#${handle}`;
export const monthPartition = (month: string) => `POSTS#MONTH#${month}`;
export const tagPartition = (tag: string) => `POSTS#TAG#${tag}`;

/** That something was published in a month, newest first: Query, backwards; written by a subscriber, so that no transaction shares it. */
export const monthKey = (month: string) => ({ pk: monthsPartition, sk: month });
export const monthsPartition = "MONTHS";

/** Posts to be published, by the day and then the time: Query on gsi2 from the watermark on. */
export const publishingPartition = (day: string) => `PUBLISH#${day}`;
export const publishingSort = (time: string, postId: PostId) => `${time}#${postId}`;

/** Up to when a schedule has done its work: GetItem. */
export const watermarkKey = (schedule: string) => ({ pk: `SCHEDULE#${schedule}`, sk: "WATERMARK" });

/** Who has a handle, with what readers see of them; that there is one item for each handle keeps it unique: GetItem. */
export const authorKey = (handle: string) => ({ pk: `AUTHOR#${handle}`, sk: "AUTHOR" });

/** An upload, which is its owner's: GetItem. All of an owner: Query, sk begins with `MEDIA#`. */
export const mediaKey = (ownerId: UserId, mediaId: MediaId) => ({
  pk: userPartition(ownerId),
  sk: `${mediaPrefix}${mediaId}`,
});
export const mediaPrefix = "MEDIA#";
/** Uploads by the day on which somebody has to look whether anything uses them: Query on gsi2 from the watermark on. */
export const mediaCheckPartition = (day: string) => `MEDIA#${day}`;

/**
 * The comments of a post, oldest first: Query. Those that readers see: Query on lsi1, whose `rank` only they carry. One: GetItem.
 * Those of a writer: Query on gsi1; those that wait for a post's author: Query on gsi2.
 */
export const commentKey = (postId: PostId, commentId: CommentId) => ({
  pk: commentPartition(postId),
  sk: `${commentPrefix}${commentId}`,
});
export const commentPrefix = "COMMENT#";
export const commentPartition = (postId: PostId) => `POST#${postId}#COMMENTS`;
export const commenterPartition = (userId: UserId) => `${userPartition(userId)}#COMMENTS`;
export const reviewPartition = (authorId: UserId) => `${userPartition(authorId)}#REVIEW`;

/** That a reader may not comment on an author's posts: GetItem, ConditionCheck. All of an author: Query, sk begins with `BLOCKED#`. */
export const blockedReaderKey = (authorId: UserId, readerId: ReaderId) => ({
  pk: userPartition(authorId),
  sk: `${blockedPrefix}${readerId}`,
});
export const blockedPrefix = "BLOCKED#";

/** How often somebody did something within a stretch of time, which its key names: UpdateItem. */
export const rateKey = (userId: UserId, what: string, stretch: number) => ({
  pk: `${userPartition(userId)}#RATE`,
  sk: `${what}#${stretch}`,
});

/**
 * A notice to be mailed to the owner of an account, for two days. Not in the user's partition: the one about a deleted account outlives
 * it. GetItem.
 */
export const noticeKey = (noticeId: string) => ({ pk: `NOTICE#${noticeId}`, sk: "NOTICE" });

/** The recovery codes of a user, by their hashes: GetItem. */
export const recoveryCodesKey = (userId: UserId) => ({ pk: userPartition(userId), sk: "RECOVERY" });

/** What was attempted on an account, and which browsers have signed in to it: GetItem, by a hash of its email address or its user's id. */
export const accountAttemptsKey = (accountHash: string) => ({ pk: `ATTEMPTS#${accountHash}`, sk: "ATTEMPTS" });

/** How often something was attempted from a client's address within a stretch of time: UpdateItem, by a hash of the address. */
export const addressAttemptsKey = (addressHash: string, stretch: number) => ({
  pk: `ATTEMPTS#${addressHash}`,
  sk: `STRETCH#${stretch}`,
});

/** Nothing is ever stored here: reading it proves that the table answers. GetItem. */
export const healthKey = { pk: "HEALTH", sk: "HEALTH" };

export const userPartition = (userId: UserId) => `USER#${userId}`;
