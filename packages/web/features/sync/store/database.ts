import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import { fromStored, type StoredFormat, textIn, toStored } from "../../../lib/stored.ts";
import { entryFormat, knownListsFormat, knownTodosFormat, pauseFormat, type State } from "../state/state.ts";

/**
 * Data that a browser stores for one user. Values are validated when read, because another version may have written
 * them: an entry of an unknown type is kept as unreadable.
 */
interface Schema extends DBSchema {
  /** By entry id. */
  outbox: { key: string; value: unknown };
  /** By list id. */
  todos: { key: string; value: unknown };
  /** `lists`, `pause`, and `stamp`, a random id that changes with every write. */
  rest: { key: string; value: unknown };
}

export type Database = IDBPDatabase<Schema>;
type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<Schema, typeof storeNames, Mode>;

export const storeNames: ["outbox", "todos", "rest"] = ["outbox", "todos", "rest"];

/**
 * Version of the object stores. Each stored value carries its own format version: a new store changes this number, a
 * new member of a todo does not.
 */
const version = 1;

/**
 * Opens the database of a user.
 * @param onBlocking called when a newer version of the app, in another tab, needs to upgrade the database, or when the
 * browser closes it
 */
export async function openDatabase(userId: string, onBlocking: () => void): Promise<Database> {
  return openDB<Schema>(`daybook.${userId}`, version, {
    upgrade(database) {
      for (const name of storeNames) database.createObjectStore(name);
    },
    blocking: onBlocking,
    terminated: onBlocking,
  });
}

/** A unit of writing: `outbox`, `lists`, `pause`, or a list id for its todos. */
export type Part = string;

/**
 * Reads the whole state, or only the given parts. Unreadable copies of API data are left out and fetched again.
 * Example: parts ["outbox"] reads the outbox and keeps the other parts of `known`.
 */
export async function readState(
  transaction: Transaction<"readonly" | "readwrite">,
  { known, parts }: { known: State; parts?: readonly Part[] | undefined },
): Promise<State> {
  const [changes, lists, pause, todos] = await Promise.all([
    wants(parts, "outbox") ? readOutbox(transaction) : known,
    wants(parts, "lists") ? readOne(transaction, "lists", knownListsFormat) : known.lists,
    wants(parts, "pause") ? readOne(transaction, "pause", pauseFormat) : known.pause,
    parts ? readSome(transaction, known.todos, parts) : readTodos(transaction),
  ]);
  return { outbox: changes.outbox, unreadable: changes.unreadable, lists, pause, todos };
}

const wants = (parts: readonly Part[] | undefined, part: Part) => !parts || parts.includes(part);

/**
 * Reads the outbox. Unreadable entries stay in the store, because another version may read them. Example: a rollback
 * from format 2 to 1 shows them as text until format 2 returns.
 */
async function readOutbox(
  transaction: Transaction<"readonly" | "readwrite">,
): Promise<Pick<State, "outbox" | "unreadable">> {
  const store = transaction.objectStore("outbox");
  const [ids, stored] = await Promise.all([store.getAllKeys(), store.getAll()]);
  const read = ids.map((id, i) => ({ id, entry: fromStored(entryFormat, stored[i]), text: textIn(stored[i]) }));
  return {
    outbox: read.flatMap(({ entry }) => entry ?? []).sort((a, b) => a.at - b.at),
    unreadable: read.flatMap(({ id, entry, text }) => (entry ? [] : [{ id, text, stored: undefined }])),
  };
}

/** Stores unreadable changes in the outbox under new ids. */
export function putAside(transaction: Transaction<"readwrite">, unreadable: readonly unknown[]): void {
  for (const stored of unreadable) void transaction.objectStore("outbox").put(stored, crypto.randomUUID());
}

async function readOne<T>(
  transaction: Transaction<"readonly" | "readwrite">,
  key: string,
  format: StoredFormat<T>,
): Promise<T | undefined> {
  return fromStored(format, await transaction.objectStore("rest").get(key));
}

async function readTodos(transaction: Transaction<"readonly" | "readwrite">): Promise<State["todos"]> {
  const store = transaction.objectStore("todos");
  const [ids, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  const entries = ids.map((id, i) => [id, fromStored(knownTodosFormat, values[i])] as const);
  return Object.fromEntries(entries.flatMap(([id, todos]) => (todos ? [[id, todos] as const] : [])));
}

async function readSome(
  transaction: Transaction<"readonly" | "readwrite">,
  known: State["todos"],
  parts: readonly Part[],
): Promise<State["todos"]> {
  const todos = { ...known };
  for (const id of parts.filter((part) => !["outbox", "lists", "pause"].includes(part))) {
    const stored = fromStored(knownTodosFormat, await transaction.objectStore("todos").get(id));
    if (stored) todos[id] = stored;
    else delete todos[id];
  }
  return todos;
}

/**
 * Writes the parts that differ, by object identity. Example: if only the todos of "lst_1" changed, writes them and
 * returns ["lst_1"].
 * @returns the written parts
 */
export function writeState(transaction: Transaction<"readwrite">, before: State, after: State): Part[] {
  const parts: Part[] = [];
  const rest = transaction.objectStore("rest");
  const { lists, pause } = after;
  if (before.lists !== lists) {
    parts.push("lists");
    void (lists ? rest.put(toStored(knownListsFormat, lists), "lists") : rest.delete("lists"));
  }
  if (before.pause !== pause) {
    parts.push("pause");
    void (pause ? rest.put(toStored(pauseFormat, pause), "pause") : rest.delete("pause"));
  }
  const todos = transaction.objectStore("todos");
  for (const id of new Set([...Object.keys(before.todos), ...Object.keys(after.todos)])) {
    const list = after.todos[id];
    if (before.todos[id] === list) continue;
    parts.push(id);
    void (list ? todos.put(toStored(knownTodosFormat, list), id) : todos.delete(id));
  }
  return writeOutbox(transaction, before, after) ? [...parts, "outbox"] : parts;
}

/**
 * Writes the entries that differ.
 * @returns whether anything differed
 */
function writeOutbox(transaction: Transaction<"readwrite">, before: State, after: State): boolean {
  if (before.outbox === after.outbox && before.unreadable === after.unreadable) return false;
  const store = transaction.objectStore("outbox");
  const earlier = new Map(before.outbox.map((entry) => [entry.id, entry]));
  for (const entry of after.outbox)
    if (earlier.get(entry.id) !== entry) void store.put(toStored(entryFormat, entry), entry.id);
  const kept = new Set([...after.outbox, ...after.unreadable].map(({ id }) => id));
  for (const { id } of [...before.outbox, ...before.unreadable]) if (!kept.has(id)) void store.delete(id);
  return true;
}
