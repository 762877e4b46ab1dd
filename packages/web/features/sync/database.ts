import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import * as v from "valibot";
import { Entry, KnownLists, KnownTodos, Pause, type State } from "./state.ts";

/** What a browser keeps for one person. Everything that is read from it is checked: another version may have written it. */
interface Schema extends DBSchema {
  /** By their ids. */
  outbox: { key: string; value: unknown };
  /** By the ids of their lists. */
  todos: { key: string; value: unknown };
  /** `lists`, `pause`, and `stamp`, which is another one after every change. */
  rest: { key: string; value: unknown };
}

export type Database = IDBPDatabase<Schema>;
type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<Schema, typeof storeNames, Mode>;

export const storeNames: ["outbox", "todos", "rest"] = ["outbox", "todos", "rest"];

/** Counts the changes of the format below. A new one needs an upgrade that takes the outbox along. */
const version = 1;

/** @param onBlocking when a newer version of the app, in another tab, waits for this one to let go */
export async function openDatabase(userId: string, onBlocking: () => void): Promise<Database> {
  return openDB<Schema>(`daybook.${userId}`, version, {
    upgrade(database) {
      for (const name of storeNames) database.createObjectStore(name);
    },
    blocking: onBlocking,
    terminated: onBlocking,
  });
}

/** A part of the state that is kept as a whole: `outbox`, `lists`, `pause`, or the id of a list for its todos. */
export type Part = string;

/** Reads the state, or only these parts of it anew. What does not have the form that it should is left out, and so read from the API again. */
export async function readState(
  transaction: Transaction<"readonly" | "readwrite">,
  { known, parts }: { known: State; parts?: readonly Part[] | undefined },
): Promise<State> {
  const [outbox, lists, pause, todos] = await Promise.all([
    wants(parts, "outbox") ? readOutbox(transaction) : known.outbox,
    wants(parts, "lists") ? readOne(transaction, "lists", KnownLists) : known.lists,
    wants(parts, "pause") ? readOne(transaction, "pause", Pause) : known.pause,
    parts ? readSome(transaction, known.todos, parts) : readTodos(transaction),
  ]);
  return { outbox, lists, pause, todos };
}

const wants = (parts: readonly Part[] | undefined, part: Part) => !parts || parts.includes(part);

function checked<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | undefined {
  const { success, output } = v.safeParse(schema, value);
  return success ? output : undefined;
}

async function readOutbox(transaction: Transaction<"readonly" | "readwrite">): Promise<Entry[]> {
  const stored = await transaction.objectStore("outbox").getAll();
  return stored.flatMap((value) => checked(Entry, value) ?? []).sort((a, b) => a.at - b.at);
}

async function readOne<T>(
  transaction: Transaction<"readonly" | "readwrite">,
  key: string,
  schema: v.GenericSchema<unknown, T>,
): Promise<T | undefined> {
  return checked(schema, await transaction.objectStore("rest").get(key));
}

async function readTodos(transaction: Transaction<"readonly" | "readwrite">): Promise<State["todos"]> {
  const store = transaction.objectStore("todos");
  const [ids, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  const entries = ids.map((id, i) => [id, checked(KnownTodos, values[i])] as const);
  return Object.fromEntries(entries.flatMap(([id, todos]) => (todos ? [[id, todos] as const] : [])));
}

async function readSome(
  transaction: Transaction<"readonly" | "readwrite">,
  known: State["todos"],
  parts: readonly Part[],
): Promise<State["todos"]> {
  const todos = { ...known };
  for (const id of parts.filter((part) => !["outbox", "lists", "pause"].includes(part))) {
    const stored = checked(KnownTodos, await transaction.objectStore("todos").get(id));
    if (stored) todos[id] = stored;
    else delete todos[id];
  }
  return todos;
}

/** Writes what differs. @returns the parts that do */
export function writeState(transaction: Transaction<"readwrite">, before: State, after: State): Part[] {
  const parts: Part[] = [];
  const rest = transaction.objectStore("rest");
  for (const part of ["lists", "pause"] as const) {
    if (before[part] === after[part]) continue;
    parts.push(part);
    void (after[part] ? rest.put(after[part], part) : rest.delete(part));
  }
  const todos = transaction.objectStore("todos");
  for (const id of new Set([...Object.keys(before.todos), ...Object.keys(after.todos)])) {
    const list = after.todos[id];
    if (before.todos[id] === list) continue;
    parts.push(id);
    void (list ? todos.put(list, id) : todos.delete(id));
  }
  if (before.outbox === after.outbox) return parts;
  const outbox = transaction.objectStore("outbox");
  const earlier = new Map(before.outbox.map((entry) => [entry.id, entry]));
  for (const entry of after.outbox) {
    if (earlier.get(entry.id) !== entry) void outbox.put(entry, entry.id);
    earlier.delete(entry.id);
  }
  for (const id of earlier.keys()) void outbox.delete(id);
  return [...parts, "outbox"];
}
