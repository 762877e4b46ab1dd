import type { Client } from "@daybook/core/client";
import type { List } from "@daybook/core/list/list";
import type { Todo, TodoCreate } from "@daybook/core/todo/todo";
import { type Failure, failureOf } from "../../../lib/offline/failure.ts";
import { isProblem, unless } from "../../../lib/problem-words.ts";
import { withEdits } from "../state/optimistic-state.ts";
import {
  type Edits,
  findList,
  findTodo,
  type ListChange,
  type State,
  type TodoChange,
  type Trouble,
} from "../state/state.ts";
import { askedMembers, type Content, contentOf, given, isSame } from "../state/todo-content.ts";
import type { Step } from "./send-plan.ts";

/** Result of sending a step. */
export type Outcome =
  /** The server has applied it. `todo` or `list` is the current version. */
  | { readonly type: "done"; readonly todo?: Todo | undefined; readonly list?: List | undefined }
  /** The server accepted it (202) and applies it later. */
  | { readonly type: "accepted" }
  | Exclude<Failure, { type: "refused" }>
  /** It needs a decision before it can be sent again. */
  | {
      readonly type: "trouble";
      readonly trouble: Trouble;
      readonly todo?: Todo | undefined;
      readonly list?: List | undefined;
    };

export type SyncApi = Pick<
  Client,
  | ("listLists" | "createList" | "getList" | "updateList" | "deleteList")
  | ("listTodos" | "createTodo" | "getTodo" | "updateTodo" | "deleteTodo" | "updateTodos" | "deleteTodos")
>;

/**
 * Sends a step. Never rejects: errors become outcomes. Idempotent: a retry of an applied step has no effect. Example:
 * creating a todo again with the same idempotency key returns the existing todo.
 */
export async function send(step: Step, state: State, api: SyncApi): Promise<Outcome> {
  try {
    if (step.type !== "one") return await sendTogether(step, state, api);
    const change = step.entries[0]?.change;
    if (!change) return { type: "done" };
    return await (isTodoChange(change) ? sendTodo(change, state, api) : sendList(change, state, api));
  } catch (error) {
    return outcomeOfError(error);
  }
}

/** Maps a failed request to an outcome. Example: a network error is `silence`, 503 is `later`, 422 is `trouble`. */
function outcomeOfError(error: unknown): Outcome {
  if (isProblem(error, "list-not-found")) return noList;
  if (isProblem(error, "todo-not-found")) return noTodo;
  const failure = failureOf(error);
  return failure.type === "refused"
    ? { type: "trouble", trouble: { kind: "failed", reason: failure.reason } }
    : failure;
}

const isTodoChange = (change: ListChange | TodoChange): change is TodoChange => "list" in change;

const noList: Outcome = { type: "trouble", trouble: { kind: "missing", what: "list" } };
const noTodo: Outcome = { type: "trouble", trouble: { kind: "missing", what: "todo" } };
const done: Outcome = { type: "done" };

async function sendTogether(step: Exclude<Step, { type: "one" }>, state: State, api: SyncApi): Promise<Outcome> {
  const list = findList(state, step.list);
  if (!list) return noList;
  const params = { listId: list.id };
  const answer =
    step.type === "complete-all"
      ? await api.updateTodos({ params, body: { completed: step.completed } })
      : await api.deleteTodos({ params, query: { completed: "true" } });
  return answer.status === 202 ? { type: "accepted" } : done;
}

async function sendList(change: ListChange, state: State, api: SyncApi): Promise<Outcome> {
  if (change.type === "create-list") {
    const { data } = await api.createList({ body: { name: change.name } }, { idempotencyKey: change.key });
    return { type: "done", list: data };
  }
  const list = findList(state, change.key);
  if (change.type === "rename-list") return list ? renameList(change, list, api) : noList;
  if (list) await api.deleteList({ params: { listId: list.id } }).catch(unless("list-not-found"));
  return done;
}

/**
 * Maximum tries of a conditional write (optimistic locking). Example: version 3 is read, another client writes version
 * 4, and the write with `If-Match: 3` gets 412: read version 4 and try again.
 */
const attempts = 3;

/** Writes an item, and reads it again after each version conflict. It is done if the item no longer exists. */
async function withLatest<Item>(
  known: Item,
  write: (item: Item) => Promise<Outcome>,
  read: () => Promise<Item | undefined>,
): Promise<Outcome> {
  let item = known;
  for (let i = 0; i < attempts; i += 1) {
    const outcome = await write(item).catch(unless("version-conflict"));
    if (outcome) return outcome;
    const now = await read();
    if (now === undefined) return done;
    item = now;
  }
  return { type: "later" };
}

function renameList({ name, base }: Extract<ListChange, { type: "rename-list" }>, known: List, api: SyncApi) {
  const params = { listId: known.id };
  async function write(list: List): Promise<Outcome> {
    if (list.name === name) return { type: "done", list };
    if (list.name !== base)
      return { type: "trouble", trouble: { kind: "conflict", theirs: { name: list.name } }, list };
    return { type: "done", list: (await api.updateList({ params, body: { name } }, { ifMatch: list.version })).data };
  }
  return withLatest(known, write, async () => (await api.getList({ params })).data);
}

async function sendTodo(change: TodoChange, state: State, api: SyncApi): Promise<Outcome> {
  const list = findList(state, change.list);
  if (!list) return change.type === "remove-todo" ? done : noList;
  const todo = findTodo(state, change);
  if (change.type === "create-todo") {
    if (todo) return { type: "done", todo };
    const body = bodyOf(change.content);
    const { data } = await api.createTodo({ params: { listId: list.id }, body }, { idempotencyKey: change.key });
    return { type: "done", todo: data };
  }
  if (change.type === "edit-todo") return todo ? editTodo(change, todo, api) : noTodo;
  return todo ? removeTodo(change, todo, api) : done;
}

/**
 * Body of a new todo: the title, and each member that differs from the API's default. Example: priority "none" is left
 * out.
 */
const bodyOf = (content: Content): TodoCreate => ({ ...given(content), title: content.title });

const paramsOf = ({ listId, id }: Todo) => ({ listId, todoId: id });

/**
 * Whether another client changed an edited member to a different value. Example: base "Milk", edit "Oats": the server
 * value "Beer" is a conflict; "Milk" and "Oats" are not.
 */
const isContested = (todo: Todo, edits: Edits, base: Content): boolean =>
  askedMembers.some(
    (member) =>
      edits[member] !== undefined && !isSame(todo[member], base[member]) && !isSame(todo[member], edits[member]),
  );

function editTodo({ edits, base }: Extract<TodoChange, { type: "edit-todo" }>, known: Todo, api: SyncApi) {
  const params = paramsOf(known);
  const mustMatch = askedMembers.some((member) => edits[member] !== undefined);
  async function write(todo: Todo): Promise<Outcome> {
    if (isContested(todo, edits, base)) return conflictWith(todo);
    if (todo !== known && isDone(todo, edits)) return { type: "done", todo };
    const options = mustMatch ? { ifMatch: todo.version } : {};
    return { type: "done", todo: (await api.updateTodo({ params, body: edits }, options)).data };
  }
  return withLatest(known, write, async () => (await api.getTodo({ params })).data);
}

const conflictWith = (todo: Todo): Outcome => ({
  ...{ type: "trouble", trouble: { kind: "conflict", theirs: contentOf(todo) }, todo },
});

const isDone = (todo: Todo, edits: Edits): boolean => isSame(withEdits(todo, edits), todo);

/**
 * Deletes a todo if its title and notes are the ones that the user saw. Otherwise returns a conflict. Example: the
 * user removed "Milk", and another client has renamed it to "Beer".
 */
function removeTodo({ base }: Extract<TodoChange, { type: "remove-todo" }>, known: Todo, api: SyncApi) {
  const params = paramsOf(known);
  const gone = unless("todo-not-found", "list-not-found");
  async function write(todo: Todo): Promise<Outcome> {
    if (todo.title !== base.title || todo.notes !== base.notes) return conflictWith(todo);
    await api.deleteTodo({ params }, { ifMatch: todo.version });
    return done;
  }
  return withLatest(
    known,
    (todo) => write(todo).catch((error) => gone(error) ?? done),
    async () => (await api.getTodo({ params }).catch(gone))?.data,
  );
}
