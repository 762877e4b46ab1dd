import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import * as v from "valibot";
import {
  fromStored,
  fromStoredText,
  type StoredFormat,
  textIn,
  toStored,
  type Unreadable,
} from "../../../lib/stored.ts";
import { isUnsaved, type LocalDraft, localDraftFormat } from "./saving-state.ts";

/**
 * A post to delete at `dueAt` unless the user undoes it. Times are milliseconds since the epoch. Example: removed at
 * 10:00:00, due at 10:00:10.
 */
export const Removal = v.object({ id: v.string(), title: v.string(), dueAt: v.number() });
export type Removal = v.InferOutput<typeof Removal>;
const removalFormat: StoredFormat<Removal> = { schema: Removal, upgrades: [] };

interface Schema extends DBSchema {
  /**
   * By draft key. Unreadable values, of another version or damaged, have keys that begin with `aside-`, such as
   * "aside-5f0c…".
   */
  posts: { key: string; value: unknown };
  /** By post id. */
  removals: { key: string; value: unknown };
}

/**
 * Version of the object stores. Each stored value carries its own format version: a new store changes this number, a
 * new member of a draft does not.
 */
const version = 1;
const aside = "aside-";
/**
 * Maximum number of saved drafts kept in this browser, so that they open at once and offline. Example: of 21 saved
 * drafts, the least recently edited one is deleted here at the next visit, but not on the server.
 */
const mostSaved = 20;

const nameOf = (userId: string) => `daybook.writing.${userId}`;

/**
 * Stores the drafts of a user in IndexedDB. Drafts that are not written yet when the page unloads are copied to
 * localStorage, whose writes are synchronous, and restored by the next page. Example: the user types a word and closes
 * the tab 2 ms later: the next page reads the word from localStorage. Without IndexedDB, drafts live only in the
 * memory of this tab.
 */
export class DraftStore {
  readonly #userId: string;
  readonly #memory = new Map<string, LocalDraft>();
  /** Drafts whose write has not finished, by key. */
  readonly #writing = new Map<string, LocalDraft>();
  readonly #database: Promise<IDBPDatabase<Schema> | undefined>;
  #isDurable = true;
  /** The database once it is open. With it, a write starts within the same task as the edit. */
  #open: IDBPDatabase<Schema> | undefined;

  constructor(userId: string) {
    this.#userId = userId;
    this.#database = openDB<Schema>(nameOf(userId), version, {
      upgrade(database) {
        database.createObjectStore("posts");
        database.createObjectStore("removals");
      },
      blocking: (_from, _to, event) => event.target instanceof IDBDatabase && event.target.close(),
    })
      .then(async (database) => {
        this.#open = database;
        await putAside(database);
        await this.#takeUnloadCopies(database);
        return database;
      })
      .catch(() => {
        this.#isDurable = false;
        return undefined;
      });
  }

  /** Whether stored drafts survive closing this tab. */
  isDurable = (): boolean => this.#isDurable;

  /** Returns all drafts, the last edited first. */
  async all(): Promise<LocalDraft[]> {
    const stored = (await this.#try((database) => database.getAll("posts"))) ?? [...this.#memory.values()];
    const localDraft = stored.flatMap((value) => fromStored(localDraftFormat, value) ?? []);
    return localDraft.map((each) => this.#writing.get(each.key) ?? each).sort((a, b) => b.editedAt - a.editedAt);
  }

  /**
   * Returns the drafts that this version cannot read. They stay in the store until the user discards them. Example: a
   * draft of format 2 after a rollback to format 1.
   */
  async unreadable(): Promise<Unreadable[]> {
    const stored = (await this.#try((database) => entriesOf(database))) ?? [];
    return stored.flatMap(({ key, value }) =>
      fromStored(localDraftFormat, value) ? [] : [{ id: key, text: textIn(value) }],
    );
  }

  /**
   * Finds a draft.
   * @param name the key of the draft, or the id of its post
   */
  async find(name: string): Promise<LocalDraft | undefined> {
    const stored = await this.#try((database) => database.get("posts", name));
    const direct = this.#writing.get(name) ?? fromStored(localDraftFormat, stored);
    return direct ?? (await this.all()).find(({ key, id }) => key === name || id === name);
  }

  /** Stores a draft. The write has started when this returns. */
  put(localDraft: LocalDraft): Promise<void> {
    this.#memory.set(localDraft.key, localDraft);
    this.#writing.set(localDraft.key, localDraft);
    const written = this.#open
      ? write(this.#open, localDraft)
      : this.#database.then((database) => database && write(database, localDraft));
    return Promise.resolve(written).then(
      () => {
        if (this.#writing.get(localDraft.key) === localDraft) this.#writing.delete(localDraft.key);
      },
      () => {
        this.#isDurable = false;
      },
    );
  }

  async remove(key: string): Promise<void> {
    this.#memory.delete(key);
    this.#writing.delete(key);
    await this.#try((database) => database.delete("posts", key));
  }

  /**
   * Deletes the saved drafts beyond the `mostSaved` last edited. Unsaved drafts always stay: with 25 saved and 3
   * unsaved drafts, 20 saved and 3 unsaved remain.
   */
  async tidy(): Promise<void> {
    const saved = (await this.all()).filter((localDraft) => !isUnsaved(localDraft));
    for (const { key } of saved.slice(mostSaved)) await this.remove(key);
  }

  async removals(): Promise<Removal[]> {
    const stored = (await this.#try((database) => database.getAll("removals"))) ?? [];
    return stored.flatMap((value) => fromStored(removalFormat, value) ?? []);
  }

  async keepRemoval(removal: Removal): Promise<void> {
    await this.#try((database) => database.put("removals", toStored(removalFormat, removal), removal.id));
  }

  async dropRemoval(id: string): Promise<void> {
    await this.#try((database) => database.delete("removals", id));
  }

  /**
   * Runs work on the database.
   * @returns undefined if there is no usable database; this tab then uses its memory. Example: after
   * `QuotaExceededError` on a full disk.
   */
  async #try<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> {
    try {
      const database = await this.#database;
      return database && (await work(database));
    } catch {
      this.#isDurable = false;
      return undefined;
    }
  }

  /** Copies unwritten drafts to localStorage, synchronously. Call it when the page unloads. */
  copyForUnload(): void {
    try {
      for (const [key, localDraft] of this.#writing)
        localStorage.setItem(`${nameOf(this.#userId)}.${key}`, JSON.stringify(toStored(localDraftFormat, localDraft)));
    } catch {
      // Storage is full or disabled. The pending database write may still succeed.
    }
  }

  /** Deletes all drafts of the user from this browser, for signing out. */
  async forget(): Promise<void> {
    this.#memory.clear();
    this.#writing.clear();
    for (const key of this.#unloadKeys()) localStorage.removeItem(key);
    (await this.#database)?.close();
    await deleteDB(nameOf(this.#userId));
  }

  close(): void {
    void this.#database.then((database) => database?.close());
  }

  #unloadKeys = (): string[] => {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(`${nameOf(this.#userId)}.`));
    } catch {
      return [];
    }
  };

  /**
   * Restores the drafts that earlier pages could not write, unless the database has a newer one. Example: a copy
   * edited at 10:01 replaces a stored draft of 10:00, but not one of 10:02.
   */
  async #takeUnloadCopies(database: IDBPDatabase<Schema>): Promise<void> {
    for (const name of this.#unloadKeys()) {
      const text = localStorage.getItem(name) ?? "";
      const localDraft = fromStoredText(localDraftFormat, text);
      const stored = localDraft && fromStored(localDraftFormat, await database.get("posts", localDraft.key));
      if (!localDraft) await database.put("posts", text, aside + crypto.randomUUID());
      else if ((stored?.editedAt ?? 0) <= localDraft.editedAt) await write(database, localDraft);
      localStorage.removeItem(name);
    }
  }
}

async function entriesOf(database: IDBPDatabase<Schema>): Promise<{ key: string; value: unknown }[]> {
  const { store } = database.transaction("posts");
  const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  return keys.map((key, i) => ({ key, value: values[i] }));
}

/**
 * Moves unreadable drafts to `aside-` keys, so that a new draft can use their key, and moves them back once they are
 * readable. Example: "new-1" of format 99 becomes "aside-5f0c…", and "new-1" again after the app is updated.
 */
async function putAside(database: IDBPDatabase<Schema>): Promise<void> {
  const entries = await entriesOf(database);
  const { store, done } = database.transaction("posts", "readwrite");
  for (const { key, value } of entries) {
    const localDraft = fromStored(localDraftFormat, value);
    const isAside = key.startsWith(aside);
    if ((localDraft === undefined) === isAside) continue;
    // Keep a newer draft that uses the key meanwhile.
    if (localDraft && entries.some((entry) => entry.key === localDraft.key)) continue;
    void store.put(value, localDraft?.key ?? aside + crypto.randomUUID());
    void store.delete(key);
  }
  await done;
}

/**
 * Issues the request synchronously and reads nothing before, so that a page that unloads now has already handed it
 * over. Example: the user types and closes the tab in the same moment: the `put` is already queued.
 */
async function write(database: IDBPDatabase<Schema>, localDraft: LocalDraft): Promise<void> {
  const transaction = database.transaction("posts", "readwrite");
  const request = transaction.store.put(toStored(localDraftFormat, localDraft), localDraft.key);
  transaction.commit();
  await Promise.all([request, transaction.done]);
}
