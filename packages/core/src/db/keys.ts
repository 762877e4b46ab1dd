import type { ListId, MediaId, SessionId, TodoId, UserId } from "../ids.ts";

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
