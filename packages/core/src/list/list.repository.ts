import * as z from "zod";
import type { Page, PageQuery } from "../contract/page.ts";
import { batchGet } from "../db/batch.ts";
import { cursorOf } from "../db/cursor.ts";
import { entity, firstVersion, nextVersion, type RecordOf } from "../db/entity.ts";
import { add } from "../db/expression.ts";
import { type RepeatableRequest, writeOnce } from "../db/idempotency.ts";
import { listKey, membershipKey, membershipPrefix, userPartition } from "../db/keys.ts";
import { queryAll, queryPage } from "../db/query.ts";
import { type ExpectedVersions, isNew, versionCondition } from "../db/version.ts";
import { explainConflict, type Writes, write } from "../db/write.ts";
import { ListId, UserId } from "../ids.ts";
import { isProblem } from "../problem.ts";
import { List } from "./list.ts";

export const storedLists = entity({
  name: "list",
  schema: List.omit({ url: true }).extend({
    ownerId: UserId,
    /** Identifies the partition of the list's todos: `LIST#lst_1#0` for epoch 0. */
    epoch: z.int(),
    // Maintained by a stream consumer. Undefined in lists that were created before counts existed.
    openTodos: z.int().optional(),
    countedTo: z.string().optional(),
    countedAt: z.int().optional(),
    recount: z.string().optional(),
  }),
  keyFields: ["id"],
  keyOf: ({ id }) => listKey(id),
});
type StoredList = RecordOf<typeof storedLists>;

const memberships = entity({
  name: "membership",
  schema: z.object({ userId: UserId, listId: ListId, role: z.enum(["owner"]), joinedAt: z.iso.datetime() }),
  keyFields: ["userId", "listId"],
  keyOf: ({ userId, listId }) => membershipKey(userId, listId),
});

/** A list with the number of its open todos. */
export type ListRecord = Omit<StoredList, "openTodos" | "countedTo" | "countedAt" | "recount"> &
  Pick<List, "openTodos">;

const toRecord = ({ countedTo: _, countedAt: __, recount: ___, openTodos = 0, ...list }: StoredList): ListRecord => ({
  ...list,
  // A count can be negative until a recount corrects it.
  openTodos: Math.max(0, openTodos),
});

/** Returns the list if the user is a member. One consistent round trip. */
export async function findForMember(userId: UserId, listId: ListId): Promise<ListRecord | undefined> {
  const [membership, list] = await batchGet([membershipKey(userId, listId), listKey(listId)]);
  return membership && list && toRecord(storedLists.read(list));
}

const membershipsOf = (userId: UserId) => ({
  partition: userPartition(userId),
  sortKey: { beginsWith: membershipPrefix },
});

/** Returns one page of the lists that the user is a member of, oldest first. Two round trips. */
export async function listForMember(userId: UserId, page: PageQuery): Promise<Page<ListRecord>> {
  const position = {
    cursors: cursorOf(`${userId}/lists`, ListId),
    of: ({ listId }: RecordOf<typeof memberships>) => listId,
    keyAt: (listId: ListId) => membershipKey(userId, listId),
  };
  const { items, next } = await queryPage(memberships, membershipsOf(userId), position, page);
  const lists = await batchGet(items.map(({ listId }) => listKey(listId)));
  return { items: lists.flatMap((list) => (list ? [toRecord(storedLists.read(list))] : [])), next };
}

/** Returns the ids of the lists that the user owns, including the inbox. Consistent. */
export async function ownedListIds(userId: UserId): Promise<ListId[]> {
  const all = await queryAll(memberships, membershipsOf(userId));
  return all.filter(({ role }) => role === "owner").map(({ listId }) => listId);
}

/**
 * Creates a list and its owner's membership in one transaction.
 *
 * @returns the list that the first request with the same key created
 * @throws idempotency-key-reused, request-in-flight
 */
export const create = (list: ListRecord, request: RepeatableRequest | undefined): Promise<ListRecord> =>
  writeOnce(request, list, writesOf(list));

/** Returns the writes of a new list and its owner's membership. */
function writesOf(list: ListRecord): Writes {
  const { id: listId, ownerId: userId, createdAt, updatedAt, version } = list;
  const membership = { userId, listId, role: "owner" as const, joinedAt: createdAt, createdAt, updatedAt, version };
  return [storedLists.put(list, isNew), memberships.put(membership, isNew)];
}

/**
 * Returns the writes that create a user's inbox, for the transaction that creates the user. `now` is an ISO 8601 time.
 */
export const inboxWrites = (ownerId: UserId, id: ListId, now: string): Writes =>
  writesOf({ id, kind: "inbox", name: "Inbox", ownerId, epoch: 0, openTodos: 0, ...firstVersion(now) });

/** Renames a list in one round trip. `now` is an ISO 8601 time. @throws list-not-found, version-conflict */
export async function rename(
  { id }: ListRecord,
  name: string,
  now: string,
  expected: ExpectedVersions,
): Promise<ListRecord> {
  const list = await explainConflict("list-not-found", () =>
    storedLists.updateAndGet({ id }, { name, ...nextVersion(now) }, versionCondition(expected)),
  );
  return toRecord(list);
}

/**
 * Deletes a list in one round trip. This revokes all access to its contents, which a stream consumer deletes.
 *
 * @throws list-not-found
 * @throws version-conflict
 */
export async function remove({ id }: ListRecord, expected: ExpectedVersions): Promise<void> {
  await explainConflict("list-not-found", () => write(storedLists.delete({ id }, versionCondition(expected))));
}

/** Deletes a list in any version. One round trip. Idempotent. */
export async function removeUnconditionally(id: ListId): Promise<void> {
  await write(storedLists.delete({ id }));
}

/**
 * Hides all todos of a list, of any number, in one round trip. A stream consumer deletes them. The name and the version
 * of the list do not change. Its count restarts at 0: epoch 0 with 250 open todos becomes epoch 1 with 0.
 *
 * @throws list-not-found
 */
export async function empty({ id, epoch }: ListRecord): Promise<void> {
  const changes = { epoch: add(1), openTodos: 0, countedTo: null, countedAt: null, recount: null };
  try {
    await explainConflict("list-not-found", () => write(storedLists.update({ id }, changes, { epoch })));
  } catch (error) {
    // The list was emptied after it was read: by another request, or by an attempt of this one whose response was lost.
    if (!isProblem(error, "version-conflict")) throw error;
  }
}

/** Removes the owner's membership of a deleted list. Idempotent. */
export async function removeMembership(ownerId: UserId, listId: ListId): Promise<void> {
  await write(memberships.delete({ userId: ownerId, listId }));
}
