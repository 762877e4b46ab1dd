import * as z from "zod";
import type { withDefaults } from "../contract/merge-patch.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import { entity, nextVersion, type RecordOf } from "../db/entity.ts";
import { ifAbsent } from "../db/expression.ts";
import { type RepeatableRequest, writeOnce } from "../db/idempotency.ts";
import { duePartition, dueSort, todoKey, todoPartition } from "../db/keys.ts";
import { queryPage } from "../db/query.ts";
import { type ExpectedVersions, isNew, versionCondition } from "../db/version.ts";
import { explainConflict, write } from "../db/write.ts";
import { TodoId } from "../ids.ts";
import type { ListAccess } from "../list/list.access.ts";
import { Problem } from "../problem.ts";
import { Todo, TodoDefaults, TodoOrder, type TodoUpdate, type todoDefaults } from "./todo.ts";

export const todos = entity({
  name: "todo",
  schema: Todo.omit({ url: true }).extend({ ...TodoDefaults.shape, epoch: z.int() }),
  keyFields: ["listId", "epoch", "id"],
  keyOf: ({ listId, epoch, id }) => todoKey(listId, epoch, id),
  attributes: { order: "rank" },
});

type Changes = ReturnType<typeof withDefaults<TodoUpdate, typeof todoDefaults>>;

/** A todo as stored. */
export type TodoRecord = Omit<RecordOf<typeof todos>, "epoch">;

const toRecord = ({ epoch: _, ...todo }: RecordOf<typeof todos>): TodoRecord => todo;

const keyOf = ({ list }: ListAccess, id: TodoId) => ({ listId: list.id, epoch: list.epoch, id });

/** Returns a page of todos in the order of the list. Reads `lsi1` consistently in one round trip. */
export async function listInOrder({ list }: ListAccess, page: PageQuery): Promise<Page<TodoRecord>> {
  return queryPage(
    { read: (item) => toRecord(todos.read(item)) },
    { index: "lsi1", partition: todoPartition(list.id, list.epoch) },
    {
      cursors: cursorOf(`${list.id}/todos`, z.tuple([TodoOrder, TodoId])),
      of: ({ order, id }) => [order, id],
      keyAt: ([rank, id]) => ({ ...todoKey(list.id, list.epoch, id), rank }),
    },
    page,
  );
}

/** Returns one todo, read consistently. @throws todo-not-found */
export async function get(access: ListAccess, id: TodoId): Promise<TodoRecord> {
  const todo = await todos.get(keyOf(access, id));
  if (!todo) throw new Problem("todo-not-found");
  return toRecord(todo);
}

/**
 * Adds a todo with a new id in one round trip.
 *
 * @returns the todo that the first request with the same idempotency key added
 * @throws idempotency-key-reused, request-in-flight
 */
export async function create(
  { list }: ListAccess,
  todo: TodoRecord,
  request: RepeatableRequest | undefined,
): Promise<TodoRecord> {
  const { completed, dueDate, id } = todo;
  const put = todos.put({ ...todo, epoch: list.epoch }, isNew, {
    ...(!completed && { gsi1pk: duePartition(list.ownerId) }),
    ...(dueDate !== null && { gsi1sk: dueSort(dueDate, id) }),
  });
  return writeOnce(request, todo, [put]);
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
  changes: Changes,
  now: string,
  expected: ExpectedVersions,
): Promise<TodoRecord> {
  const { completed, dueDate } = changes;
  const todo = await explainConflict("todo-not-found", () =>
    todos.updateAndGet(
      keyOf(access, id),
      {
        ...changes,
        // Completing a completed todo keeps its original `completedAt`.
        ...(completed === true && { completedAt: ifAbsent(now), gsi1pk: null }),
        ...(completed === false && { completedAt: null, gsi1pk: duePartition(access.list.ownerId) }),
        ...(dueDate !== undefined && { gsi1sk: dueDate && dueSort(dueDate, id) }),
        ...nextVersion(now),
      },
      versionCondition(expected),
    ),
  );
  return toRecord(todo);
}

/**
 * Deletes a todo in one round trip.
 *
 * @throws todo-not-found
 * @throws version-conflict
 */
export async function remove(access: ListAccess, id: TodoId, expected: ExpectedVersions): Promise<void> {
  await explainConflict("todo-not-found", () => write(todos.delete(keyOf(access, id), versionCondition(expected))));
}
