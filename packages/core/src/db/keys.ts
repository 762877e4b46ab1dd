import type { ListId, SessionId, TodoId, UserId } from "../ids.ts";

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
 * | scheduled posts of a minute              | gsi2 PUBLISH#<yyyy-mm-ddThh:mm>, <postId>, on the post                       |
 * | one post, with what belongs to it        | pk POST#<postId>, sk POST and MEDIA#<mediaId>                                |
 * | posts of an author: drafts and all       | gsi1 USER#<userId>#POSTS, <createdAt>#<postId>                               |
 * | published posts of an author             | pk AUTHOR#<userId>, sk <publishedAt>#<postId>, in the publishing transaction |
 * | published posts of a month               | pk POSTS#<yyyy-mm>, sk <publishedAt>#<postId>, in the same transaction       |
 * | a post by its author's slug; unique      | pk SLUG#<userId>#<slug>, sk SLUG: the lock names the post                    |
 * | comments of a post, oldest first         | pk POST#<postId>#COMMENTS, sk COMMENT#<commentId>                            |
 * | comments of a user, for export           | gsi1 USER#<userId>#COMMENTS, <commentId>                                     |
 * | a user by handle; handles are unique     | pk HANDLE#<handle>, sk HANDLE: the lock names the user                       |
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

/** Nothing is ever stored here: reading it proves that the table answers. GetItem. */
export const healthKey = { pk: "HEALTH", sk: "HEALTH" };

export const userPartition = (userId: UserId) => `USER#${userId}`;
