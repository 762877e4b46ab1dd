import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import * as v from "valibot";
import { isUnsaved, Kept } from "./saving.ts";

/** A post that is to be deleted, if nobody takes that back before; times are milliseconds since the epoch. */
export const Removal = v.object({ id: v.string(), title: v.string(), dueAt: v.number() });
export type Removal = v.InferOutput<typeof Removal>;

interface Schema extends DBSchema {
  /** By their keys. Everything that is read is checked: another version may have written it. */
  posts: { key: string; value: unknown };
  /** By the ids of their posts. */
  removals: { key: string; value: unknown };
}

const version = 1;
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
    const kept = stored.flatMap((value) => checked(value) ?? []);
    return kept.map((each) => this.#writing.get(each.key) ?? each).sort((a, b) => b.editedAt - a.editedAt);
  }

  /** @param name the key of the post, or its id */
  async find(name: string): Promise<Kept | undefined> {
    const stored = await this.#try((database) => database.get("posts", name));
    const direct = this.#writing.get(name) ?? checked(stored);
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
    return stored.flatMap((value) => {
      const { success, output } = v.safeParse(Removal, value);
      return success ? [output] : [];
    });
  }

  async keepRemoval(removal: Removal): Promise<void> {
    await this.#try((database) => database.put("removals", removal, removal.id));
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
        localStorage.setItem(`${nameOf(this.#userId)}.${key}`, JSON.stringify(kept));
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
      const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), Kept), localStorage.getItem(name));
      const stored = success ? checked(await database.get("posts", output.key)) : undefined;
      if (success && (stored?.editedAt ?? 0) <= output.editedAt) await write(database, output);
      localStorage.removeItem(name);
    }
  }
}

function checked(value: unknown): Kept | undefined {
  const { success, output } = v.safeParse(Kept, value);
  return success ? output : undefined;
}

/** The request is made at once, and nothing is read before: a page that goes away in this moment has handed it over. */
async function write(database: IDBPDatabase<Schema>, kept: Kept): Promise<void> {
  const transaction = database.transaction("posts", "readwrite");
  const request = transaction.store.put(kept, kept.key);
  transaction.commit();
  await Promise.all([request, transaction.done]);
}
