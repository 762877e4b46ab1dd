import {
  type Edits,
  type Entry,
  findList,
  isListChange,
  type Key,
  type KnownList,
  knownTodosOf,
  type State,
  type TodoChange,
} from "./state.ts";
import type { Content } from "./todo-content.ts";

/**
 * Where something is between the person and the server.
 * - `saved`: the server has it as it is shown.
 * - `saving`: it is on its way.
 * - `waiting`: it could not be sent, and will be again, or needs a decision.
 */
export type SaveState = "saved" | "saving" | "waiting";

/** A todo as the person left it, whether or not the server knows. */
export interface ShownTodo extends Content {
  readonly key: Key;
  readonly id?: string;
  readonly createdAt?: string;
  readonly completedAt?: string | null;
  readonly state: SaveState;
}

/** A list as the person left it, whether or not the server knows. */
export interface ShownList {
  readonly key: Key;
  readonly id?: string;
  readonly kind: "inbox" | "list";
  readonly name: string;
  /** How many todos are left to do. */
  readonly openTodos: number;
  readonly state: SaveState;
}

/** Whether an entry is on its way, and how that goes. What is held or promised needs no mark. */
function stateOf(entry: Entry, { pause }: State): SaveState {
  if (entry.heldUntil !== undefined || entry.acceptedAt !== undefined) return "saved";
  return entry.trouble || entry.retryAt !== undefined || pause ? "waiting" : "saving";
}

const worse = (a: SaveState, b: SaveState): SaveState =>
  a === "waiting" || b === "waiting" ? "waiting" : a === "saving" ? a : b;

const byOrder = (a: ShownTodo, b: ShownTodo) => {
  if (a.order !== b.order) return a.order - b.order;
  // The server's own rule for equal orders; what it does not know yet comes last.
  return (a.id ?? `~${a.key}`) < (b.id ?? `~${b.key}`) ? -1 : 1;
};

/**
 * The todos of a list with all changes that are on their way. A change that the server has taken already changes nothing.
 * @returns nothing while the list was never fetched
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

/** Edits that are not given leave what is there. */
export function withEdits<Base extends Content>(base: Base, edits: Edits): Base {
  const given = Object.fromEntries(Object.entries(edits).filter(([, value]) => value !== undefined));
  return { ...base, ...given };
}

/** All lists with all changes that are on their way: the inbox, then the others, oldest first. */
export function shownListsOf(state: State): ShownList[] | undefined {
  if (!state.lists) return undefined;
  const touched = new Set(state.outbox.map(({ change }) => (isListChange(change) ? change.key : change.list)));
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

/** For so long after it was fetched, a list is counted here rather than by the server, whose counts lag a little behind. */
const countsForMs = 120_000;

/** @param isTouched whether there are changes in it that are on their way */
function shownList(state: State, list: KnownList, isTouched: boolean): ShownList {
  const { key, id, kind, name } = list;
  const known = state.todos[id];
  const before = countOpen(known?.items ?? []);
  const now = isTouched ? countOpen(shownTodosOf(state, key) ?? []) : before;
  const isFresh = known && known.fetchedAt + countsForMs > (state.lists?.fetchedAt ?? 0);
  // What the server counted, and what the person has changed since.
  const openTodos = isFresh ? now : Math.max(0, list.openTodos + now - before);
  return { key, id, kind, name, openTodos, state: "saved" };
}
