import { Entity, type FormattedItem } from "dynamodb-toolbox/entity";
import { DeleteItemCommand } from "dynamodb-toolbox/entity/actions/delete";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { $add, $get, $remove } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { boolean, item, list, number, string } from "dynamodb-toolbox/schema";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import * as z from "zod";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";
import { type RepeatableRequest, writeOnce } from "../db/idempotency.ts";
import { duePartition, dueSort, todoKey, todoPartition } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { type ExpectedVersions, versionCondition } from "../db/version.ts";
import { ListId, TodoId } from "../ids.ts";
import type { ListAccess } from "../list/list.access.ts";
import { Problem } from "../problem.ts";
import { type Todo, TodoOrder, type TodoUpdate } from "./todo.ts";

export const TodoItem = new Entity({
  name: "todo",
  table,
  timestamps: false,
  schema: item({
    listId: string().key(),
    epoch: number().key(),
    id: string().key(),
    title: string(),
    notes: string(),
    completed: boolean(),
    completedAt: string().optional(),
    order: number().savedAs("rank"),
    dueDate: string().optional(),
    priority: string().enum("none", "low", "medium", "high"),
    tags: list(string()),
    gsi1pk: string().optional().hidden(),
    gsi1sk: string().optional().hidden(),
    ...itemAttributes,
  }),
  computeKey: ({ listId, epoch, id }) => todoKey(ListId.parse(listId), epoch, TodoId.parse(id)),
});

/** A todo as stored. */
export type TodoRecord = Omit<Todo, "url">;

const toRecord = ({ schemaVersion: _, epoch: __, ...todo }: FormattedItem<typeof TodoItem>): TodoRecord => ({
  ...todo,
  id: TodoId.parse(todo.id),
  listId: ListId.parse(todo.listId),
  completedAt: todo.completedAt ?? null,
  dueDate: todo.dueDate ?? null,
});

const keyOf = ({ list }: ListAccess, id: TodoId) => ({ listId: list.id, epoch: list.epoch, id });

/** Returns a page of todos in the order of the list. Reads `lsi1` consistently in one round trip. */
export async function listInOrder(access: ListAccess, { limit, cursor }: PageQuery): Promise<Page<TodoRecord>> {
  const { list } = access;
  const cursors = cursorOf(`${list.id}/todos`, z.tuple([TodoOrder, TodoId]));
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  // Read one item more than the page holds, so that the last page has no link to an empty page.
  const { Items = [], LastEvaluatedKey } = await table
    .build(QueryCommand)
    .entities(TodoItem)
    .query({ index: "lsi1", partition: todoPartition(list.id, list.epoch) })
    .options({
      consistent: true,
      entityAttrFilter: false,
      limit: limit + 1,
      ...(after && { exclusiveStartKey: { ...todoKey(list.id, list.epoch, after[1]), rank: after[0] } }),
    })
    .send();
  const items = Items.slice(0, limit).map(toRecord);
  const last = items.at(-1);
  // DynamoDB ends a page early after reading 1 MB.
  const more = Items.length > limit || LastEvaluatedKey !== undefined;
  return { items, next: more && last ? cursors.encode([last.order, last.id]) : undefined };
}

/** Returns one todo, read consistently. @throws todo-not-found */
export async function get(access: ListAccess, id: TodoId): Promise<TodoRecord> {
  const { Item } = await TodoItem.build(GetItemCommand).key(keyOf(access, id)).options({ consistent: true }).send();
  if (!Item) throw new Problem("todo-not-found");
  return toRecord(Item);
}

/**
 * Adds a todo with a new id in one round trip.
 *
 * @returns the todo that the first request with the same idempotency key added
 * @throws idempotency-key-reused, request-in-flight
 */
export async function create(
  access: ListAccess,
  todo: TodoRecord,
  request: RepeatableRequest | undefined,
): Promise<TodoRecord> {
  const { completedAt, dueDate, ...rest } = todo;
  const put = TodoItem.build(PutTransaction)
    .item({
      ...rest,
      ...keyOf(access, todo.id),
      ...(completedAt !== null && { completedAt }),
      ...(dueDate !== null && { dueDate, gsi1sk: dueSort(dueDate, todo.id) }),
      ...(!todo.completed && { gsi1pk: duePartition(access.list.ownerId) }),
    })
    .options({ condition: { attr: "version", exists: false } });
  try {
    return await writeOnce(request, todo, [put]);
  } catch (error) {
    // The id is new, so the stored item is this todo. An earlier attempt wrote it and lost the response.
    if (!isConditionCheckFailed(error)) throw error;
    return todo;
  }
}

/**
 * Updates the given fields in one round trip, without a read. `now` is an ISO 8601 time.
 *
 * @throws todo-not-found
 * @throws version-conflict
 */
export async function update(
  access: ListAccess,
  id: TodoId,
  { completed, dueDate, ...changes }: TodoUpdate,
  now: string,
  expected: ExpectedVersions,
): Promise<TodoRecord> {
  const command = TodoItem.build(UpdateAttributesCommand)
    .item({
      ...keyOf(access, id),
      ...changes,
      // Completing a completed todo keeps its original `completedAt`.
      ...(completed === true && { completed, completedAt: $get("completedAt", now), gsi1pk: $remove() }),
      ...(completed === false && { completed, completedAt: $remove(), gsi1pk: duePartition(access.list.ownerId) }),
      ...(dueDate === null && { dueDate: $remove(), gsi1sk: $remove() }),
      ...(dueDate && { dueDate, gsi1sk: dueSort(dueDate, id) }),
      updatedAt: now,
      version: $add(1),
    })
    .options({
      condition: versionCondition(expected),
      returnValues: "ALL_NEW",
      returnValuesOnConditionFalse: "ALL_OLD",
    });
  const { Attributes } = await explainConflict(() => command.send());
  if (!Attributes) throw new Problem("todo-not-found");
  return toRecord(Attributes);
}

/**
 * Deletes a todo in one round trip.
 *
 * @throws todo-not-found
 * @throws version-conflict
 */
export async function remove(access: ListAccess, id: TodoId, expected: ExpectedVersions): Promise<void> {
  const command = TodoItem.build(DeleteItemCommand)
    .key(keyOf(access, id))
    .options({ condition: versionCondition(expected), returnValuesOnConditionFalse: "ALL_OLD" });
  await explainConflict(() => command.send());
}

/** Turns a failed condition into a problem. DynamoDB returns the old item if the todo exists with another version. */
async function explainConflict<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await retryTransactionConflicts(write);
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
    throw error.Item
      ? new Problem("version-conflict", { cause: error })
      : new Problem("todo-not-found", { cause: error });
  }
}
