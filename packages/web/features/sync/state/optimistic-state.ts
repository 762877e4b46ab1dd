import {
  type Edits,
  type Entry,
  findList,
  isListChange,
  type Key,
  type KnownList,
  knownTodosOf,
  listOf,
  type State,
  type TodoChange,
} from "./state.ts";
import type { Content } from "./todo-content.ts";

/**
 * How far a change has come. Example: a new todo is `saving`, `waiting` after a 503, `saving` again during the retry,
 * and then `saved`.
 * - `saved`: the server has it, or it is held or accepted and needs no mark.
 * - `saving`: it is being sent.
 * - `waiting`: it could not be sent and is retried, or it needs a decision.
 */
export type SaveState = "saved" | "saving" | "waiting";

/** A todo with all pending changes applied. */
export interface ShownTodo extends Content {
  readonly key: Key;
  readonly id?: string;
  readonly createdAt?: string;
  readonly completedAt?: string | null;
  readonly state: SaveState;
}

/** A list with all pending changes applied. */
export interface ShownList {
  readonly key: Key;
  readonly id?: string;
  readonly kind: "inbox" | "list";
  readonly name: string;
  /** Number of open todos. */
  readonly openTodos: number;
  readonly state: SaveState;
}

/** Returns the mark of an entry. Held and accepted entries need none: a removal in its undo time counts as `saved`. */
function stateOf(entry: Entry, { pause }: State): SaveState {
  if (entry.heldUntil !== undefined || entry.acceptedAt !== undefined) return "saved";
  return entry.trouble || entry.retryAt !== undefined || pause ? "waiting" : "saving";
}

const worse = (a: SaveState, b: SaveState): SaveState =>
  a === "waiting" || b === "waiting" ? "waiting" : a === "saving" ? a : b;

const byOrder = (a: ShownTodo, b: ShownTodo) => {
  if (a.order !== b.order) return a.order - b.order;
  // Same tie-break as the server: by id. Todos without an id sort last, because "~" follows all letters. Example:
  // "tod_2" comes before "~5f0c…".
  return (a.id ?? `~${a.key}`) < (b.id ?? `~${b.key}`) ? -1 : 1;
};

/**
 * Returns the todos of a list with all pending changes applied. A change that the server has already applied has no
 * effect. Example: the server has the title "Oats", and the pending edit to "Oats" leaves it.
 * @returns undefined while the list was never fetched
 */
export function shownTodosOf(state: State, list: Key): ShownTodo[] | undefined {
  const known = knownTodosOf(state, list);
  const listKey = findList(state, list)?.key ?? list;
  const isNew = state.outbox.some(({ change }) => change.type === "create-list" && change.key === listKey);
  if (!known && !isNew) return undefined;
  const todos = new Map<Key, ShownTodo>(known?.items.map((todo) => [todo.key, { ...todo, state: "saved" }]));
  for (const entry of state.outbox) {
    const { change } = entry;
    if (!isListChange(change) && change.list === listKey) applyTo(todos, change, stateOf(entry, state));
  }
  return [...todos.values()].sort(byOrder);
}

function applyTo(todos: Map<Key, ShownTodo>, change: TodoChange, state: SaveState): void {
  const todo = todos.get(change.key);
  if (change.type === "remove-todo") todos.delete(change.key);
  else if (change.type === "create-todo") todos.set(change.key, todo ?? { ...change.content, key: change.key, state });
  else if (todo) todos.set(change.key, { ...withEdits(todo, change.edits), state: worse(todo.state, state) });
}

/**
 * Applies edits. Undefined members keep the value of `base`: `{ title: undefined, notes: "Oat" }` changes only the
 * notes.
 */
export function withEdits<Base extends Content>(base: Base, edits: Edits): Base {
  const given = Object.fromEntries(Object.entries(edits).filter(([, value]) => value !== undefined));
  return { ...base, ...given };
}

/**
 * Returns all lists with pending changes applied: the inbox, then the others, oldest first. A list created offline
 * comes last. Undefined before the first fetch.
 */
export function shownListsOf(state: State): ShownList[] | undefined {
  if (!state.lists) return undefined;
  const touched = new Set(state.outbox.map(({ change }) => listOf(change)));
  const shown = (list: KnownList) => shownList(state, list, touched.has(list.key));
  const lists = new Map<Key, ShownList>(state.lists.items.map((list) => [list.key, shown(list)]));
  for (const entry of state.outbox) {
    const { change } = entry;
    const mark = stateOf(entry, state);
    if (change.type === "remove-list") lists.delete(change.key);
    if (change.type === "create-list" && !lists.has(change.key))
      lists.set(change.key, {
        ...{ key: change.key, kind: "list", name: change.name, state: mark },
        openTodos: countOpen(shownTodosOf(state, change.key) ?? []),
      });
    const list = lists.get(change.key);
    if (change.type === "rename-list" && list)
      lists.set(change.key, { ...list, name: change.name, state: worse(list.state, mark) });
  }
  return [...lists.values()];
}

const countOpen = (todos: readonly { readonly completed: boolean }[]) =>
  todos.filter(({ completed }) => !completed).length;

/**
 * How long a list's own todos are counted instead of using the server's count, which lags behind. Example: todos
 * fetched less than 2 minutes before the lists are counted here. Milliseconds.
 */
const countsForMs = 120_000;

/** @param isTouched whether the list has pending changes */
function shownList(state: State, list: KnownList, isTouched: boolean): ShownList {
  const { key, id, kind, name } = list;
  const known = state.todos[id];
  const before = countOpen(known?.items ?? []);
  const now = isTouched ? countOpen(shownTodosOf(state, key) ?? []) : before;
  const isFresh = known && known.fetchedAt + countsForMs > (state.lists?.fetchedAt ?? 0);
  // Otherwise add the pending difference to the server's count. Example: the server says 7, and the user added one
  // todo: 8.
  const openTodos = isFresh ? now : Math.max(0, list.openTodos + now - before);
  return { key, id, kind, name, openTodos, state: "saved" };
}
