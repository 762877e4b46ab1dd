import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import * as v from "valibot";
import { fromStored, fromStoredText, type StoredFormat, textIn, toStored, type Unreadable } from "../../lib/stored.ts";
import { isUnsaved, type Kept, keptFormat } from "./saving.ts";

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
 * is there at once, and taken from it by the next page. Where a browser keeps nothing, the shelf is a memory of this tab.
 */
export class Shelf {
  readonly #userId: string;
  readonly #memory = new Map<string, Kept>();
  /** What has not arrived yet, by keys. */
  readonly #writing = new Map<string, Kept>();
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
        await this.#takeLeftBehind(database);
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
  async all(): Promise<Kept[]> {
    const stored = (await this.#try((database) => database.getAll("posts"))) ?? [...this.#memory.values()];
    const kept = stored.flatMap((value) => fromStored(keptFormat, value) ?? []);
    return kept.map((each) => this.#writing.get(each.key) ?? each).sort((a, b) => b.editedAt - a.editedAt);
  }

  /** Posts that this version cannot read: they are kept as they are until somebody has seen their text. */
  async unreadable(): Promise<Unreadable[]> {
    const stored = (await this.#try((database) => entriesOf(database))) ?? [];
    return stored.flatMap(({ key, value }) =>
      fromStored(keptFormat, value) ? [] : [{ id: key, text: textIn(value) }],
    );
  }

  /** @param name the key of the post, or its id */
  async find(name: string): Promise<Kept | undefined> {
    const stored = await this.#try((database) => database.get("posts", name));
    const direct = this.#writing.get(name) ?? fromStored(keptFormat, stored);
    return direct ?? (await this.all()).find(({ key, id }) => key === name || id === name);
  }

  /** Keeps a post; it is on its way to the disk when this returns. */
  put(kept: Kept): Promise<void> {
    this.#memory.set(kept.key, kept);
    this.#writing.set(kept.key, kept);
    const written = this.#open
      ? write(this.#open, kept)
      : this.#database.then((database) => database && write(database, kept));
    return Promise.resolve(written).then(
      () => {
        if (this.#writing.get(kept.key) === kept) this.#writing.delete(kept.key);
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
    const saved = (await this.all()).filter((kept) => !isUnsaved(kept));
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
  mirror(): void {
    try {
      for (const [key, kept] of this.#writing)
        localStorage.setItem(`${nameOf(this.#userId)}.${key}`, JSON.stringify(toStored(keptFormat, kept)));
    } catch {
      // Storage is full or switched off: what is on its way to the database may still arrive.
    }
  }

  /** Deletes everything, for somebody who leaves this browser. */
  async forget(): Promise<void> {
    this.#memory.clear();
    this.#writing.clear();
    for (const key of this.#leftBehind()) localStorage.removeItem(key);
    (await this.#database)?.close();
    await deleteDB(nameOf(this.#userId));
  }

  close(): void {
    void this.#database.then((database) => database?.close());
  }

  #leftBehind = (): string[] => {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(`${nameOf(this.#userId)}.`));
    } catch {
      return [];
    }
  };

  /** Takes over what earlier pages could not finish writing, unless something later is there. */
  async #takeLeftBehind(database: IDBPDatabase<Schema>): Promise<void> {
    for (const name of this.#leftBehind()) {
      const text = localStorage.getItem(name) ?? "";
      const kept = fromStoredText(keptFormat, text);
      const stored = kept && fromStored(keptFormat, await database.get("posts", kept.key));
      if (!kept) await database.put("posts", text, aside + crypto.randomUUID());
      else if ((stored?.editedAt ?? 0) <= kept.editedAt) await write(database, kept);
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
    const kept = fromStored(keptFormat, value);
    const isAside = key.startsWith(aside);
    if ((kept === undefined) === isAside) continue;
    // A post that was begun anew meanwhile stays as it is.
    if (kept && entries.some((entry) => entry.key === kept.key)) continue;
    void store.put(value, kept?.key ?? aside + crypto.randomUUID());
    void store.delete(key);
  }
  await done;
}

/** The request is made at once, and nothing is read before: a page that goes away in this moment has handed it over. */
async function write(database: IDBPDatabase<Schema>, kept: Kept): Promise<void> {
  const transaction = database.transaction("posts", "readwrite");
  const request = transaction.store.put(toStored(keptFormat, kept), kept.key);
  transaction.commit();
  await Promise.all([request, transaction.done]);
}
