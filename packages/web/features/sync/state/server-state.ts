import type { List } from "@daybook/core/list/list";
import type { Todo } from "@daybook/core/todo/todo";
import {
  type Collection,
  type Entry,
  type Key,
  type KnownList,
  type KnownTodo,
  type KnownTodos,
  listOf,
  type State,
} from "./state.ts";

/** A fetched collection. */
export type Fetched<Item> = Pick<Collection<Item>, "items" | "pages">;

type Known = KnownList | KnownTodo;

const nothing = { items: [], pages: [], fetchedAt: 0, confirmed: 0 };

/**
 * Returns the collection after an API answer to a change. Clears the pages, because their entity tags no longer match,
 * and increments `confirmed`. Example: a saved title changes 4 to 5, and the next fetch downloads every page.
 */
const answered = <Item>(known: Collection<Item>, items: readonly Item[]): Collection<Item> => ({
  ...{ ...known, items, pages: [], confirmed: known.confirmed + 1 },
});

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
  return withTodos(state, todo.listId, put<KnownTodo>(state.todos[todo.listId] ?? nothing, { ...todo, key }));
}

/** Changes the todos of a list after an answer. Does nothing if `listId` is undefined or its todos are unknown. */
function change(
  state: State,
  listId: string | undefined,
  update: (todos: readonly KnownTodo[]) => readonly KnownTodo[],
): State {
  const known = listId === undefined ? undefined : state.todos[listId];
  return known && listId !== undefined ? withTodos(state, listId, answered(known, update(known.items))) : state;
}

export const withoutTodo = (state: State, listId: string | undefined, key: Key): State =>
  change(state, listId, (todos) => todos.filter((todo) => todo.key !== key));

/**
 * Sets `completed` on these todos after a bulk request. Their new versions are unknown until the next fetch: a todo
 * stays at version 1 here, while the server may have version 2.
 */
export const withCompleted = (
  state: State,
  listId: string | undefined,
  keys: ReadonlySet<Key>,
  completed: boolean,
): State => change(state, listId, (todos) => todos.map((todo) => (keys.has(todo.key) ? { ...todo, completed } : todo)));

const withTodos = (state: State, listId: string, todos: KnownTodos): State => ({
  ...state,
  todos: { ...state.todos, [listId]: todos },
});

export function withList(state: State, list: List, key: Key): State {
  return { ...state, lists: put<KnownList>(state.lists ?? nothing, { ...list, key }) };
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
  const outbox = state.outbox.filter(({ change }) => listOf(change) !== key);
  if (!list || !state.lists) return { ...state, outbox };
  const items = state.lists.items.filter((item) => item !== list);
  const { [list.id]: _, ...todos } = state.todos;
  return { ...state, outbox, todos, lists: answered<KnownList>(state.lists, items) };
}

/**
 * Gives fetched items their local keys. An unknown item gets the key of the pending creation that made it, in case its
 * answer got lost. Example: "Groceries" was sent once and appears in the fetch: it keeps its local key, not "lst_01J…".
 * @param isMadeBy whether an entry that was sent can have created the item
 */
function withKeys<Item extends List | Todo>(
  { outbox }: State,
  items: readonly Item[],
  known: readonly Known[],
  isMadeBy: (item: Item, entry: Entry) => boolean,
): (Item & { readonly key: Key })[] {
  const keys = new Map<string, Key>(known.map(({ id, key }) => [id, key]));
  const taken = new Set(keys.values());
  const sent = outbox.filter(({ attempts }) => attempts > 0);
  return items.map((item) => {
    const isOurs = (entry: Entry) => !taken.has(entry.change.key) && isMadeBy(item, entry);
    const key = keys.get(item.id) ?? sent.find(isOurs)?.change.key ?? item.id;
    taken.add(key);
    return { ...item, key };
  });
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
  const { confirmed, items: known }: KnownTodos = state.todos[listId] ?? nothing;
  if (confirmed !== since) return state;
  const listKey = state.lists?.items.find(({ id }) => id === listId)?.key ?? listId;
  // Compares order and title, because two todos are never created with the same order. Example: order 3.5 and "Milk"
  // match the pending creation.
  const todos = withKeys(
    state,
    items,
    known,
    ({ order, title }, { change }) =>
      change.type === "create-todo" &&
      change.list === listKey &&
      change.content.order === order &&
      change.content.title === title,
  );
  const keys = new Set(todos.map(({ key }) => key));
  const isMade = ({ change }: Entry) => change.type === "create-todo" && keys.has(change.key);
  const outbox = state.outbox.filter((entry) => !isMade(entry) && !isFulfilled(entry, listKey, todos, now));
  return {
    ...withTodos(state, listId, { items: todos, pages, fetchedAt: now, confirmed }),
    outbox: outbox.length === state.outbox.length ? state.outbox : outbox,
  };
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
  if (acceptedAt === undefined || listOf(change) !== listKey) return false;
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
  const { confirmed, items: known } = state.lists ?? nothing;
  if (confirmed !== since) return state;
  const isMadeBy = ({ name }: List, { change }: Entry) => change.type === "create-list" && change.name === name;
  const lists = withKeys(state, items, known, isMadeBy);
  const ids = new Set<string>(items.map(({ id }) => id));
  const todos = Object.fromEntries(Object.entries(state.todos).filter(([id]) => ids.has(id)));
  return { ...state, todos, lists: { items: lists, pages, fetchedAt: now, confirmed } };
}
