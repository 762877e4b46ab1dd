import type { List } from "@daybook/core/list/list";
import type { Todo } from "@daybook/core/todo/todo";
import {
  type Entry,
  isListChange,
  type Key,
  type KnownList,
  type KnownLists,
  type KnownTodo,
  type KnownTodos,
  type Page,
  type State,
} from "./state.ts";

/** A fetched collection. */
export interface Fetched<Item> {
  readonly items: readonly Item[];
  readonly pages: readonly Page[];
}

interface Known {
  readonly id: string;
  readonly key: Key;
  readonly version: number;
}

interface Collection<Item> {
  readonly items: Item[];
  readonly pages: Page[];
  readonly fetchedAt: number;
  readonly confirmed: number;
}

const nothing = { items: [], pages: [], fetchedAt: 0, confirmed: 0 };

/**
 * Returns the collection after an API answer to a change. Clears the pages, because their entity tags no longer match,
 * and increments `confirmed`. Example: a saved title changes 4 to 5, and the next fetch downloads every page.
 */
function answered<Item extends Known>(known: Collection<Item>, items: Item[]): Collection<Item> {
  return { ...known, items, pages: [], confirmed: known.confirmed + 1 };
}

/**
 * Inserts or replaces an item and keeps the higher version, because answers can arrive out of order. Example: version
 * 2 arrives after version 3, so version 3 stays.
 */
function put<Item extends Known>(known: Collection<Item>, item: Item): Collection<Item> {
  const older = known.items.find(({ id }) => id === item.id);
  const later = older && older.version > item.version ? { ...older, key: item.key } : item;
  const others = known.items
    .filter(({ id }) => id !== item.id)
    .map((other) => (other.key === item.key ? { ...other, key: other.id } : other));
  const place = known.items.findIndex(({ id }) => id === item.id);
  return answered(known, place < 0 ? [...others, later] : others.toSpliced(place, 0, later));
}

export function withTodo(state: State, todo: Todo, key: Key): State {
  const known: KnownTodos = state.todos[todo.listId] ?? nothing;
  return withTodos(state, todo.listId, put<KnownTodo>(known, { ...todo, key }));
}

/**
 * Removes a todo.
 * @param listId undefined if the list is unknown; then nothing changes
 */
export function withoutTodo(state: State, listId: string | undefined, key: Key): State {
  const known = listId === undefined ? undefined : state.todos[listId];
  if (!known || listId === undefined) return state;
  return withTodos(
    state,
    listId,
    answered<KnownTodo>(
      known,
      known.items.filter((todo) => todo.key !== key),
    ),
  );
}

/**
 * Sets `completed` on these todos after a bulk request. Their new versions are unknown until the next fetch: a todo
 * stays at version 1 here, while the server may have version 2.
 */
export function withCompleted(state: State, listId: string, keys: ReadonlySet<Key>, completed: boolean): State {
  const known = state.todos[listId];
  if (!known) return state;
  const items = known.items.map((todo) => (keys.has(todo.key) ? { ...todo, completed } : todo));
  return withTodos(state, listId, answered<KnownTodo>(known, items));
}

const withTodos = (state: State, listId: string, todos: KnownTodos): State => ({
  ...state,
  todos: { ...state.todos, [listId]: todos },
});

export function withList(state: State, list: List, key: Key): State {
  const lists: KnownLists = put<KnownList>(state.lists ?? nothing, { ...list, key });
  return { ...state, lists };
}

/**
 * Adds a created list. Its todos are known to be empty, so they need no fetch: a new "Groceries" shows an empty list
 * at once.
 */
export function withNewList(state: State, list: List, key: Key, now: number): State {
  const known = state.todos[list.id] ?? { ...nothing, fetchedAt: now };
  return withTodos(withList(state, list, key), list.id, known);
}

/**
 * Removes a list with its todos and its pending changes. Example: removing "Groceries" also drops the pending todo
 * "Bread".
 */
export function withoutList(state: State, key: Key): State {
  const list = state.lists?.items.find((item) => item.key === key);
  const outbox = state.outbox.filter(({ change }) => (isListChange(change) ? change.key : change.list) !== key);
  if (!list || !state.lists) return { ...state, outbox };
  const items = state.lists.items.filter((item) => item !== list);
  const { [list.id]: _, ...todos } = state.todos;
  return { ...state, outbox, todos, lists: answered<KnownList>(state.lists, items) };
}

/**
 * Stores the fetched todos of a list.
 * @param since value of `confirmed` when the fetch began. If it has changed, the fetched data may be older than an
 * answer, and nothing is stored. Example: the fetch began at 4, a save raised it to 5, and the result is discarded.
 */
export function withFetchedTodos(
  state: State,
  listId: string,
  { items, pages }: Fetched<Todo>,
  { since, now }: { since: number; now: number },
): State {
  const known: KnownTodos = state.todos[listId] ?? nothing;
  if (known.confirmed !== since) return state;
  const listKey = state.lists?.items.find(({ id }) => id === listId)?.key ?? listId;
  const keys = new Map<string, Key>(known.items.map(({ id, key }) => [id, key]));
  const recognised = new Set<Entry>();
  const isOurs = (todo: Todo, entry: Entry) => isMadeOf(todo, entry, listKey) && !recognised.has(entry);
  for (const todo of items) {
    const entry = keys.has(todo.id) ? undefined : state.outbox.find((candidate) => isOurs(todo, candidate));
    if (!entry) continue;
    recognised.add(entry);
    keys.set(todo.id, entry.change.key);
  }
  const keyed = items.map((todo) => ({ ...todo, key: keys.get(todo.id) ?? todo.id }));
  const todos = { items: keyed, pages: [...pages], fetchedAt: now, confirmed: known.confirmed };
  const outbox = state.outbox.filter((entry) => !recognised.has(entry) && !isFulfilled(entry, listKey, keyed, now));
  return { ...withTodos(state, listId, todos), outbox: outbox.length === state.outbox.length ? state.outbox : outbox };
}

/**
 * Whether a new todo on the server is the result of a pending creation whose answer got lost. Compares order and
 * title, because two todos are never created with the same order. Example: order 3.5 and "Milk" match the pending
 * entry.
 */
function isMadeOf(todo: Todo, { change, attempts }: Entry, listKey: Key): boolean {
  if (change.type !== "create-todo" || attempts === 0 || change.list !== listKey) return false;
  return change.content.order === todo.order && change.content.title === todo.title;
}

/**
 * How long the server may take to apply an accepted change. After this hour, a change accepted at 09:00 is dropped by
 * the first fetch after 10:00. Milliseconds.
 */
const promisedMs = 60 * 60 * 1000;

/**
 * Whether an accepted change is visible in the fetched todos, or has expired. Example: `completed: true` was accepted,
 * and the todo is now completed or gone.
 */
function isFulfilled({ change, acceptedAt }: Entry, listKey: Key, todos: readonly KnownTodo[], now: number): boolean {
  if (acceptedAt === undefined || isListChange(change) || change.list !== listKey) return false;
  const todo = todos.find(({ key }) => key === change.key);
  const isDone = change.type === "edit-todo" && todo?.completed === change.edits.completed;
  return !todo || isDone || acceptedAt < now - promisedMs;
}

/**
 * Stores the fetched lists under the rule of `withFetchedTodos`. Deletes the todos of lists that no longer exist: if
 * "lst_2" was deleted on the phone, its todos are deleted here.
 */
export function withFetchedLists(
  state: State,
  { items, pages }: Fetched<List>,
  { since, now }: { since: number; now: number },
): State {
  const known: KnownLists = state.lists ?? nothing;
  if (known.confirmed !== since) return state;
  const keys = new Map<string, Key>(known.items.map(({ id, key }) => [id, key]));
  for (const list of items) if (!keys.has(list.id)) keys.set(list.id, newKey(state, list, new Set(keys.values())));
  const keyed = items.map((list) => ({ ...list, key: keys.get(list.id) ?? list.id }));
  const ids = new Set(items.map(({ id }) => String(id)));
  const todos = Object.fromEntries(Object.entries(state.todos).filter(([id]) => ids.has(id)));
  return { ...state, todos, lists: { items: keyed, pages: [...pages], fetchedAt: now, confirmed: known.confirmed } };
}

/**
 * Gives a new list the key of a pending creation with the same name, in case its answer got lost. Example: "Groceries"
 * was sent once and appears in the fetch: it keeps its local key, not "lst_01J…".
 */
function newKey({ outbox }: State, list: List, taken: ReadonlySet<Key>): Key {
  const entry = outbox.find(
    ({ change, attempts }) =>
      change.type === "create-list" && attempts > 0 && change.name === list.name && !taken.has(change.key),
  );
  return entry?.change.key ?? list.id;
}
