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

/** A post that is to be deleted, if nobody takes that back before; times are milliseconds since the epoch. */
export const Removal = v.object({ id: v.string(), title: v.string(), dueAt: v.number() });
export type Removal = v.InferOutput<typeof Removal>;
const removalFormat: StoredFormat<Removal> = { schema: Removal, upgrades: [] };

interface Schema extends DBSchema {
  /** By their keys; those that cannot be read, of another version or damaged, by keys of their own that begin with `aside`. */
  posts: { key: string; value: unknown };
  /** By the ids of their posts. */
  removals: { key: string; value: unknown };
}

/** Counts the changes of the stores themselves; what they hold carries its own version. */
const version = 1;
const aside = "aside-";
/** So many posts are kept that the API has, to be there at once, also offline. */
const mostSaved = 20;

const nameOf = (userId: string) => `daybook.writing.${userId}`;

/**
 * What this browser keeps of a person's posts, in IndexedDB. What is on its way there while a page goes is also written to storage that
 * is there at once, and taken from it by the next page. Where a browser keeps nothing, drafts live in the memory of this tab.
 */
export class DraftStore {
  readonly #userId: string;
  readonly #memory = new Map<string, LocalDraft>();
  /** What has not arrived yet, by keys. */
  readonly #writing = new Map<string, LocalDraft>();
  readonly #database: Promise<IDBPDatabase<Schema> | undefined>;
  #isDurable = true;
  /** The database as soon as it is open: what is typed then is on its way within the same task. */
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

  /** Whether what is put here would survive the end of this tab. */
  isDurable = (): boolean => this.#isDurable;

  /** All posts, the last edited first. */
  async all(): Promise<LocalDraft[]> {
    const stored = (await this.#try((database) => database.getAll("posts"))) ?? [...this.#memory.values()];
    const localDraft = stored.flatMap((value) => fromStored(localDraftFormat, value) ?? []);
    return localDraft.map((each) => this.#writing.get(each.key) ?? each).sort((a, b) => b.editedAt - a.editedAt);
  }

  /** Posts that this version cannot read: they are kept as they are until somebody has seen their text. */
  async unreadable(): Promise<Unreadable[]> {
    const stored = (await this.#try((database) => entriesOf(database))) ?? [];
    return stored.flatMap(({ key, value }) =>
      fromStored(localDraftFormat, value) ? [] : [{ id: key, text: textIn(value) }],
    );
  }

  /** @param name the key of the post, or its id */
  async find(name: string): Promise<LocalDraft | undefined> {
    const stored = await this.#try((database) => database.get("posts", name));
    const direct = this.#writing.get(name) ?? fromStored(localDraftFormat, stored);
    return direct ?? (await this.all()).find(({ key, id }) => key === name || id === name);
  }

  /** Keeps a post; it is on its way to the disk when this returns. */
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

  /** Forgets the oldest posts that the API has, beyond those that are worth their room. */
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

  /** @returns nothing where there is no database, or not any more: then this tab has what it remembers */
  async #try<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> {
    try {
      const database = await this.#database;
      return database && (await work(database));
    } catch {
      this.#isDurable = false;
      return undefined;
    }
  }

  /** The page goes: what has not arrived goes to storage that is written at once. */
  copyForUnload(): void {
    try {
      for (const [key, localDraft] of this.#writing)
        localStorage.setItem(`${nameOf(this.#userId)}.${key}`, JSON.stringify(toStored(localDraftFormat, localDraft)));
    } catch {
      // Storage is full or switched off: what is on its way to the database may still arrive.
    }
  }

  /** Deletes everything, for somebody who leaves this browser. */
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

  /** Takes over what earlier pages could not finish writing, unless something later is there. */
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

/** Moves what cannot be read out of the way of the same post, and back once it can be. */
async function putAside(database: IDBPDatabase<Schema>): Promise<void> {
  const entries = await entriesOf(database);
  const { store, done } = database.transaction("posts", "readwrite");
  for (const { key, value } of entries) {
    const localDraft = fromStored(localDraftFormat, value);
    const isAside = key.startsWith(aside);
    if ((localDraft === undefined) === isAside) continue;
    // A post that was begun anew meanwhile stays as it is.
    if (localDraft && entries.some((entry) => entry.key === localDraft.key)) continue;
    void store.put(value, localDraft?.key ?? aside + crypto.randomUUID());
    void store.delete(key);
  }
  await done;
}

/** The request is made at once, and nothing is read before: a page that goes away in this moment has handed it over. */
async function write(database: IDBPDatabase<Schema>, localDraft: LocalDraft): Promise<void> {
  const transaction = database.transaction("posts", "readwrite");
  const request = transaction.store.put(toStored(localDraftFormat, localDraft), localDraft.key);
  transaction.commit();
  await Promise.all([request, transaction.done]);
}
