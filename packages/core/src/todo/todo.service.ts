import { assertExpected, type ConditionalContext, type RepeatableContext, type UserContext } from "../call-context.ts";
import { withDefaults } from "../contract/merge-patch.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { firstVersion } from "../db/entity.ts";
import { type ListId, newTodoId, type TodoId } from "../ids.ts";
import { ListAccess } from "../list/list.access.ts";
import { crowdedSides, makeRoom } from "./todo.order.repository.ts";
import type { TodoRecord } from "./todo.repository.ts";
import * as repository from "./todo.repository.ts";
import { type TodoCreate, TodoDefaults, type TodoUpdate, todoDefaults } from "./todo.ts";

/**
 * Returns a page of a list's todos in order. @throws list-not-found, validation-failed for a cursor of another
 * collection
 */
export async function list(ctx: UserContext, listId: ListId, query: PageQuery): Promise<Page<TodoRecord>> {
  return repository.listInOrder(await ListAccess.authorise(ctx, listId), query);
}

/** Returns one todo. @throws list-not-found, todo-not-found */
export async function get(ctx: UserContext, listId: ListId, todoId: TodoId): Promise<TodoRecord> {
  return repository.get(await ListAccess.authorise(ctx, listId), todoId);
}

/**
 * Adds a todo. The default order is the current time in milliseconds, so that a new todo comes last without a read of
 * the end of the list.
 *
 * @throws list-not-found, idempotency-key-reused, request-in-flight
 */
export async function create(ctx: RepeatableContext, listId: ListId, input: TodoCreate): Promise<TodoRecord> {
  const access = await ListAccess.authorise(ctx, listId);
  const time = ctx.clock.now();
  const now = time.toISOString();
  const todo: TodoRecord = {
    ...TodoDefaults.parse(input),
    id: newTodoId(ctx.clock),
    listId,
    title: input.title,
    order: input.order ?? time.getTime(),
    completedAt: input.completed ? now : null,
    ...firstVersion(now),
  };
  return placed(access, todo.id, input.order, now, repository.create(access, todo, ctx.request));
}

/**
 * Updates a todo. An empty change keeps the todo and its version.
 *
 * @throws list-not-found, todo-not-found, version-conflict
 */
export async function update(
  ctx: ConditionalContext,
  { listId, todoId }: { readonly listId: ListId; readonly todoId: TodoId },
  patch: TodoUpdate,
): Promise<TodoRecord> {
  const access = await ListAccess.authorise(ctx, listId);
  const changes = withDefaults(patch, todoDefaults);
  if (Object.values(changes).some((value) => value !== undefined)) {
    const now = ctx.clock.now().toISOString();
    const update = repository.update(access, todoId, changes, now, ctx.expected);
    return placed(access, todoId, changes.order, now, update);
  }
  const todo = await repository.get(access, todoId);
  assertExpected(ctx, todo);
  return todo;
}

/** Deletes a todo. @throws list-not-found, todo-not-found, version-conflict */
export async function remove(
  ctx: ConditionalContext,
  { listId, todoId }: { readonly listId: ListId; readonly todoId: TodoId },
): Promise<void> {
  await repository.remove(await ListAccess.authorise(ctx, listId), todoId, ctx.expected);
}

/** Completes a write that may set an order chosen by the caller, and moves neighbors that are too close. */
async function placed(
  access: ListAccess,
  id: TodoId,
  order: number | undefined,
  now: string,
  write: Promise<TodoRecord>,
): Promise<TodoRecord> {
  if (order === undefined) return write;
  const [todo, crowded] = await Promise.all([write, crowdedSides(access, id, order)]);
  // A retried request returns the todo of the first one, whose neighbors were moved then.
  if (crowded.length > 0 && todo.id === id) await makeRoom(access, { id, order }, crowded, now);
  return todo;
}
