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

/** A collection as it was fetched. */
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

/** The collection after an answer: what it says replaces what is older, and entity tags do not hold any more. */
function answered<Item extends Known>(known: Collection<Item>, items: Item[]): Collection<Item> {
  return { ...known, items, pages: [], confirmed: known.confirmed + 1 };
}

/** An answer may be that of an older request, come again: of two versions the later one stays. */
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

/** The state after a todo has gone. @param listId nothing, if the list is unknown */
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

/** The state after all of these todos of a list were completed or reopened, whose new versions are unknown. */
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

/** A list that was just made holds nothing. */
export function withNewList(state: State, list: List, key: Key, now: number): State {
  const known = state.todos[list.id] ?? { ...nothing, fetchedAt: now };
  return withTodos(withList(state, list, key), list.id, known);
}

/** The state after a list has gone, with all that was about to happen in it. */
export function withoutList(state: State, key: Key): State {
  const list = state.lists?.items.find((item) => item.key === key);
  const outbox = state.outbox.filter(({ change }) => (isListChange(change) ? change.key : change.list) !== key);
  if (!list || !state.lists) return { ...state, outbox };
  const items = state.lists.items.filter((item) => item !== list);
  const { [list.id]: _, ...todos } = state.todos;
  return { ...state, outbox, todos, lists: answered<KnownList>(state.lists, items) };
}

/**
 * The state with the todos of a list as they were fetched.
 * @param since how many answers had arrived when fetching began: if there are more by now, what was fetched may be older than they are,
 * and nothing changes
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

/** Whether a todo that nobody knew is what an entry was to make, whose answer got lost: no two are ever made with one order. */
function isMadeOf(todo: Todo, { change, attempts }: Entry, listKey: Key): boolean {
  if (change.type !== "create-todo" || attempts === 0 || change.list !== listKey) return false;
  return change.content.order === todo.order && change.content.title === todo.title;
}

/** For so long the server may take to do what it has promised. */
const promisedMs = 60 * 60 * 1000;

/** Whether what the server has promised can be seen, or is not to be expected any more. */
function isFulfilled({ change, acceptedAt }: Entry, listKey: Key, todos: readonly KnownTodo[], now: number): boolean {
  if (acceptedAt === undefined || isListChange(change) || change.list !== listKey) return false;
  const todo = todos.find(({ key }) => key === change.key);
  const isDone = change.type === "edit-todo" && todo?.completed === change.edits.completed;
  return !todo || isDone || acceptedAt < now - promisedMs;
}

/** The state with all lists as they were fetched; see `withFetchedTodos`. What was kept of lists that are gone goes. */
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

/** A list that was not there before is taken for one whose answer got lost, until that answer comes. */
function newKey({ outbox }: State, list: List, taken: ReadonlySet<Key>): Key {
  const entry = outbox.find(
    ({ change, attempts }) =>
      change.type === "create-list" && attempts > 0 && change.name === list.name && !taken.has(change.key),
  );
  return entry?.change.key ?? list.id;
}
