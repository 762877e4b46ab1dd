import { type StoredFormat, toStored, type Unreadable } from "../stored.ts";

/** A function that returns a new state, or the same object if nothing changes. It may run more than once. */
export type Update<State> = (state: State) => State;

/** A part of a state that is stored by itself. */
interface StateRecord {
  readonly store: string;
  readonly key: string;
  /** Compared by identity to find out whether the record has changed. */
  readonly value: object;
  /** Returns the value in its stored form. */
  stored(): unknown;
}

/** A record as it is in the database. `stored` is undefined if the record is deleted. */
export interface StoredRecord {
  readonly store: string;
  readonly key: string;
  readonly stored: unknown;
}

/** Describes how a state is divided into the records of a database. */
export interface Layout<State> {
  /**
   * Version of the object stores. Each record carries its own format version: a new store changes this number, a new
   * member of a todo does not.
   */
  readonly version: number;
  readonly stores: readonly string[];
  /** The object store that also holds the stamp, a random id that changes with every write. */
  readonly stampStore: string;
  readonly empty: State;
  records(state: State): Iterable<StateRecord>;
  /** Adds stored records to a state. */
  load(state: State, records: readonly StoredRecord[]): State;
  /**
   * Prepares the state once, when the database is opened.
   * @param copies values that earlier pages left in the unload buffer
   */
  open(state: State, copies: readonly unknown[]): State;
}

export const recordOf = <T extends object>(
  store: string,
  key: string,
  format: StoredFormat<T>,
  value: T,
): StateRecord => ({ store, key, value, stored: () => toStored(format, value) });

/** Unreadable records stay in the store unchanged, because another version of the app may read them. */
export const unreadableRecordsOf = (store: string, unreadable: readonly Unreadable[]): StateRecord[] =>
  unreadable.map((value) => ({ store, key: value.id, value, stored: () => value.stored }));

const pathOf = ({ store, key }: StateRecord) => `${store}/${key}`;

/** Returns the writes that turn one state into another. Example: one changed todo list of 20 gives one write. */
export function writesBetween<State>({ records }: Layout<State>, before: State, after: State): StoredRecord[] {
  if (before === after) return [];
  const earlier = new Map<string, StateRecord>();
  for (const record of records(before)) earlier.set(pathOf(record), record);
  const writes: StoredRecord[] = [];
  for (const record of records(after)) {
    const { store, key, value } = record;
    if (earlier.get(pathOf(record))?.value !== value) writes.push({ store, key, stored: record.stored() });
    earlier.delete(pathOf(record));
  }
  return [...writes, ...earlier.values().map(({ store, key }) => ({ store, key, stored: undefined }))];
}
