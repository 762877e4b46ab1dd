import type { Actor } from "../actor.ts";
import type { Clock } from "../clock.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { VersionConflictError } from "../errors.ts";
import { type ListId, newTodoId, type TodoId } from "../ids.ts";
import { ListAccess } from "../list/list.access.ts";
import type { ExpectedVersions, TodoRecord } from "./todo.repository.ts";
import * as repository from "./todo.repository.ts";
import type { TodoCreate, TodoUpdate } from "./todo.ts";

/** A page of a list's todos in their order. @throws ListNotFoundError, ValidationError for a cursor of another collection */
export async function list(actor: Actor, listId: ListId, query: PageQuery): Promise<Page<TodoRecord>> {
  return repository.listInOrder(await ListAccess.authorise(actor, listId), query);
}

/** One todo. @throws ListNotFoundError, TodoNotFoundError */
export async function get(actor: Actor, listId: ListId, todoId: TodoId): Promise<TodoRecord> {
  return repository.get(await ListAccess.authorise(actor, listId), todoId);
}

/**
 * Adds a todo. Without an order of its own it takes the time in milliseconds: later todos follow earlier ones, and no read is
 * needed to find the end of the list. @throws ListNotFoundError
 */
export async function create(actor: Actor, listId: ListId, input: TodoCreate, clock: Clock): Promise<TodoRecord> {
  const access = await ListAccess.authorise(actor, listId);
  const now = clock.now();
  const { completed = false } = input;
  const todo: TodoRecord = {
    id: newTodoId(clock),
    listId,
    title: input.title,
    notes: input.notes ?? "",
    completed,
    completedAt: completed ? now.toISOString() : null,
    order: input.order ?? now.getTime(),
    dueDate: input.dueDate ?? null,
    priority: input.priority ?? "none",
    tags: input.tags ?? [],
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    version: 1,
  };
  await repository.create(access, todo);
  return todo;
}

/**
 * Changes a todo; an empty change leaves it, and its version, as it is.
 *
 * @throws ListNotFoundError, TodoNotFoundError, VersionConflictError
 */
export async function update(
  actor: Actor,
  { listId, todoId }: { readonly listId: ListId; readonly todoId: TodoId },
  changes: TodoUpdate,
  clock: Clock,
  expected?: ExpectedVersions,
): Promise<TodoRecord> {
  const access = await ListAccess.authorise(actor, listId);
  if (Object.values(changes).some((value) => value !== undefined)) {
    return repository.update(access, todoId, changes, clock.now().toISOString(), expected);
  }
  const todo = await repository.get(access, todoId);
  if (expected && !expected.includes(todo.version)) throw new VersionConflictError();
  return todo;
}

/** Deletes a todo. @throws ListNotFoundError, TodoNotFoundError, VersionConflictError */
export async function remove(
  actor: Actor,
  { listId, todoId }: { readonly listId: ListId; readonly todoId: TodoId },
  expected?: ExpectedVersions,
): Promise<void> {
  await repository.remove(await ListAccess.authorise(actor, listId), todoId, expected);
}
