import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { BatchGetRequest } from "dynamodb-toolbox/entity/actions/batchGet";
import { DeleteItemCommand } from "dynamodb-toolbox/entity/actions/delete";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { isTransactionCancelled } from "dynamodb-toolbox/entity/actions/transactWrite";
import { $add, $remove } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { item, number, string } from "dynamodb-toolbox/schema";
import { BatchGetCommand, execute } from "dynamodb-toolbox/table/actions/batchGet";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";
import { type RepeatableRequest, writeOnce } from "../db/idempotency.ts";
import { listKey, membershipKey, membershipPrefix, userPartition } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { type ExpectedVersions, isNew, versionCondition } from "../db/version.ts";
import { ListId, UserId } from "../ids.ts";
import { isProblem, Problem } from "../problem.ts";
import type { List } from "./list.ts";

export const ListItem = new Entity({
  name: "list",
  table,
  timestamps: false,
  schema: item({
    id: string().key(),
    kind: string().enum("inbox", "list"),
    name: string(),
    ownerId: string(),
    epoch: number(),
    // Maintained by a stream consumer. Undefined in lists that were created before counts existed.
    openTodos: number().optional(),
    countedTo: string().optional(),
    countedAt: number().optional(),
    recount: string().optional(),
    ...itemAttributes,
  }),
  computeKey: ({ id }) => listKey(ListId.parse(id)),
});

const MembershipItem = new Entity({
  name: "membership",
  table,
  timestamps: false,
  schema: item({
    userId: string().key(),
    listId: string().key(),
    role: string().enum("owner"),
    joinedAt: string(),
    ...itemAttributes,
  }),
  computeKey: ({ userId, listId }) => membershipKey(UserId.parse(userId), ListId.parse(listId)),
});

/** A list as it is stored. `epoch` identifies the partition of its todos: `LIST#lst_1#0` for epoch 0. */
export type ListRecord = Omit<List, "url"> & { readonly ownerId: UserId; readonly epoch: number };

const toRecord = (list: FormattedItem<typeof ListItem>): ListRecord => ({
  id: ListId.parse(list.id),
  kind: list.kind,
  name: list.name,
  ownerId: UserId.parse(list.ownerId),
  epoch: list.epoch,
  // A count can be negative until a recount corrects it.
  openTodos: Math.max(0, list.openTodos ?? 0),
  createdAt: list.createdAt,
  updatedAt: list.updatedAt,
  version: list.version,
});

/** Returns the list if the user is a member. One consistent round trip. */
export async function findForMember(userId: UserId, listId: ListId): Promise<ListRecord | undefined> {
  const command = table
    .build(BatchGetCommand)
    .requests(
      MembershipItem.build(BatchGetRequest).key({ userId, listId }),
      ListItem.build(BatchGetRequest).key({ id: listId }),
    )
    .options({ consistent: true });
  const { Responses, UnprocessedKeys } = await execute({ maxAttempts: 3 }, command);
  assertProcessed(UnprocessedKeys);
  const [membership, list] = Responses[0];
  return membership && list && toRecord(list);
}

/** Returns one page of the lists that the user is a member of, oldest first. Two round trips. */
export async function listForMember(userId: UserId, { limit, cursor }: PageQuery): Promise<Page<ListRecord>> {
  const cursors = cursorOf(`${userId}/lists`, ListId);
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  // Read one more than the page holds, so that the last page does not link to an empty one.
  const { Items = [], LastEvaluatedKey } = await table
    .build(QueryCommand)
    .entities(MembershipItem)
    .query({ partition: userPartition(userId), range: { beginsWith: membershipPrefix } })
    .options({
      consistent: true,
      entityAttrFilter: false,
      limit: limit + 1,
      ...(after && { exclusiveStartKey: membershipKey(userId, after) }),
    })
    .send();
  const listIds = Items.slice(0, limit).map(({ listId }) => ListId.parse(listId));
  const last = listIds.at(-1);
  const more = Items.length > limit || LastEvaluatedKey !== undefined;
  return { items: await getMany(listIds), next: more && last ? cursors.encode(last) : undefined };
}

async function getMany(ids: readonly ListId[]): Promise<ListRecord[]> {
  if (ids.length === 0) return [];
  const requests = ids.map((id) => ListItem.build(BatchGetRequest).key({ id }));
  const command = table
    .build(BatchGetCommand)
    .requests(...requests)
    .options({ consistent: true });
  const { Responses, UnprocessedKeys } = await execute({ maxAttempts: 3 }, command);
  assertProcessed(UnprocessedKeys);
  return Responses[0].flatMap((list) => (list ? [toRecord(list)] : []));
}

/** Returns the ids of the lists that the user owns, including the inbox. Consistent. */
export async function ownedListIds(userId: UserId): Promise<ListId[]> {
  const { Items = [] } = await table
    .build(QueryCommand)
    .entities(MembershipItem)
    .query({ partition: userPartition(userId), range: { beginsWith: membershipPrefix } })
    .options({ consistent: true, entityAttrFilter: false, maxPages: Number.POSITIVE_INFINITY })
    .send();
  return Items.filter(({ role }) => role === "owner").map(({ listId }) => ListId.parse(listId));
}

/** Fails when DynamoDB skipped keys of a batch, so that a skipped item does not look like a missing one. */
function assertProcessed(unprocessed: Record<string, unknown> | undefined): void {
  if (unprocessed && Object.keys(unprocessed).length > 0) {
    throw new Problem("temporarily-unavailable", { cause: new Error("BatchGetItem left keys unprocessed") });
  }
}

/**
 * Creates a list and its owner's membership in one transaction.
 *
 * @returns the list that the first request with the same key created
 * @throws idempotency-key-reused, request-in-flight
 */
export async function create(list: ListRecord, request: RepeatableRequest | undefined): Promise<ListRecord> {
  const { id, ownerId, createdAt, updatedAt, version } = list;
  const membership = { userId: ownerId, listId: id, role: "owner" as const, joinedAt: createdAt };
  const writes = [
    ListItem.build(PutTransaction).item(list).options({ condition: isNew }),
    MembershipItem.build(PutTransaction)
      .item({ ...membership, createdAt, updatedAt, version })
      .options({ condition: isNew }),
  ] as const;
  try {
    return await writeOnce(request, list, writes);
  } catch (error) {
    const there = isTransactionCancelled(error) && error.CancellationReasons?.at(-1)?.Code === "ConditionalCheckFailed";
    // The id is new, so the existing item is this list: an earlier attempt wrote it, and its response was lost.
    if (!there) throw error;
    return list;
  }
}

/**
 * Returns the writes that create a user's inbox, for the transaction that creates the user. `now` is an ISO 8601 time.
 */
export function inboxWrites(userId: UserId, listId: ListId, now: string) {
  const common = { createdAt: now, updatedAt: now, version: 1 };
  return [
    ListItem.build(PutTransaction)
      .item({ id: listId, kind: "inbox", name: "Inbox", ownerId: userId, epoch: 0, openTodos: 0, ...common })
      .options({ condition: isNew }),
    MembershipItem.build(PutTransaction)
      .item({ userId, listId, role: "owner", joinedAt: now, ...common })
      .options({ condition: isNew }),
  ] as const;
}

/** Renames a list in one round trip. `now` is an ISO 8601 time. @throws list-not-found, version-conflict */
export async function rename(
  { id }: ListRecord,
  name: string,
  now: string,
  expected: ExpectedVersions,
): Promise<ListRecord> {
  const command = ListItem.build(UpdateAttributesCommand)
    .item({ id, name, updatedAt: now, version: $add(1) })
    .options({
      condition: versionCondition(expected),
      returnValues: "ALL_NEW",
      returnValuesOnConditionFalse: "ALL_OLD",
    });
  const { Attributes } = await explainConflict(() => command.send());
  if (!Attributes) throw new Problem("list-not-found");
  return toRecord(Attributes);
}

/**
 * Deletes a list in one round trip. This revokes all access to its contents, which a stream consumer deletes.
 *
 * @throws list-not-found
 * @throws version-conflict
 */
export async function remove({ id }: ListRecord, expected: ExpectedVersions): Promise<void> {
  const command = ListItem.build(DeleteItemCommand)
    .key({ id })
    .options({ condition: versionCondition(expected), returnValuesOnConditionFalse: "ALL_OLD" });
  await explainConflict(() => command.send());
}

/** Deletes a list in any version. One round trip. Idempotent. */
export async function removeUnconditionally(id: ListId): Promise<void> {
  await ListItem.build(DeleteItemCommand).key({ id }).send();
}

/**
 * Hides all todos of a list, of any number, in one round trip. A stream consumer deletes them. The name and the version
 * of the list do not change. Its count restarts at 0: epoch 0 with 250 open todos becomes epoch 1 with 0.
 *
 * @throws list-not-found
 */
export async function empty({ id, epoch }: ListRecord): Promise<void> {
  const command = ListItem.build(UpdateAttributesCommand)
    .item({ id, epoch: $add(1), openTodos: 0, countedTo: $remove(), countedAt: $remove(), recount: $remove() })
    .options({ condition: { attr: "epoch", eq: epoch }, returnValuesOnConditionFalse: "ALL_OLD" });
  try {
    await explainConflict(() => command.send());
  } catch (error) {
    // The list was emptied after it was read: by another request, or by an attempt of this one whose response was lost.
    if (!isProblem(error, "version-conflict")) throw error;
  }
}

/** Removes the owner's membership of a deleted list. Idempotent. */
export async function removeMembership(ownerId: UserId, listId: ListId): Promise<void> {
  await MembershipItem.build(DeleteItemCommand).key({ userId: ownerId, listId }).send();
}

/**
 * Maps a failed condition to version-conflict if DynamoDB returned the current item with it, otherwise to
 * list-not-found.
 */
async function explainConflict<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await retryTransactionConflicts(write);
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
    throw error.Item
      ? new Problem("version-conflict", { cause: error })
      : new Problem("list-not-found", { cause: error });
  }
}
