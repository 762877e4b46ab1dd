import type { ListId } from "@daybook/core/ids";
import type { Todo } from "@daybook/core/todo/todo";
import { isProblem } from "../../lib/problem-words.ts";
import type { UserApi } from "../session/user-api.ts";
import type { Change, Item } from "./todo-list.ts";

/** Where changes go, and what is known of the list at the moment. */
export interface TodoList {
  readonly api: Pick<UserApi, "listTodos" | "createTodo" | "getTodo" | "updateTodo" | "deleteTodo">;
  readonly listId: ListId;
  items(): readonly Item[];
}

/** Somebody else has given the todo another title since the person began to type. */
export class TitleConflictError extends Error {
  override readonly name = "TitleConflictError";
  readonly theirs: Todo;
  constructor(theirs: Todo) {
    super("The title was changed elsewhere");
    this.theirs = theirs;
  }
}

/** The todo is not there: it was never made, or it is gone. */
export class TodoMissingError extends Error {
  override readonly name = "TodoMissingError";
}

/** All todos of a list, page by page. */
export async function fetchTodos({ api, listId }: TodoList, signal: AbortSignal): Promise<Todo[]> {
  const todos: Todo[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? {} : { cursor };
    const page = await api.listTodos({ params: { listId }, query }, { signal });
    todos.push(...page.data);
    cursor = page.next;
  } while (cursor !== undefined);
  return todos;
}

/**
 * Sends a change to the API.
 * @returns the todo as it is now; nothing when it is deleted
 * @throws TitleConflictError, TodoMissingError, and what the client throws
 */
export async function sendChange(change: Change, list: TodoList): Promise<Todo | undefined> {
  const { api, listId } = list;
  switch (change.type) {
    case "create":
      return (await api.createTodo({ params: { listId }, body: { title: change.title } }, once(change))).data;
    case "restore":
      return (await api.createTodo({ params: { listId }, body: change.content }, once(change))).data;
    case "complete": {
      const params = paramsOf(find(change, list));
      return (await orMissing(api.updateTodo({ params, body: { completed: change.completed } }))).data;
    }
    case "rename":
      return rename(change, list);
    case "delete": {
      const params = paramsOf(find(change, list));
      await api.deleteTodo({ params }).catch(ignoreMissing);
      return undefined;
    }
  }
}

/** However often what a person did is sent, because an answer got lost or they tried again: it makes one todo. */
const once = ({ key }: Change) => ({ idempotencyKey: key });

/** Changes a title only if nobody else has: a change of anything else in the meantime is no reason to ask the person. */
async function rename(change: Extract<Change, { type: "rename" }>, list: TodoList): Promise<Todo> {
  let known: Todo = find(change, list);
  const params = paramsOf(known);
  for (let attempts = 0; attempts < 3; attempts += 1) {
    if (known.title === change.title) return known;
    if (known.title !== change.base) throw new TitleConflictError(known);
    const body = { title: change.title };
    const update = list.api.updateTodo({ params, body }, { ifMatch: known.version });
    const answer = await orMissing(update).catch((error: unknown) => {
      if (!isProblem(error, "version-conflict")) throw error;
      return undefined;
    });
    if (answer) return answer.data;
    known = (await orMissing(list.api.getTodo({ params }))).data;
  }
  throw new TitleConflictError(known);
}

function find({ key }: Change, list: TodoList): Item {
  const item = list.items().find((candidate) => candidate.key === key);
  if (!item) throw new TodoMissingError("There is no such todo");
  return item;
}

const paramsOf = ({ listId, id }: Item | Todo) => ({ listId, todoId: id });

function orMissing<Answer>(call: Promise<Answer>): Promise<Answer> {
  return call.catch((error: unknown) => {
    if (isProblem(error, "todo-not-found")) throw new TodoMissingError("It was deleted elsewhere", { cause: error });
    throw error;
  });
}

function ignoreMissing(error: unknown): void {
  if (!isProblem(error, "todo-not-found")) throw error;
}
