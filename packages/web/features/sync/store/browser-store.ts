import { toStored } from "../../../lib/stored.ts";
import { append, type Update } from "../outbox/outbox.ts";
import { type Entry, emptyState, entryFormat, type State } from "../state/state.ts";
import { type Database, openDatabase, type Part, putAside, readState, storeNames, writeState } from "./database.ts";
import type { Store } from "./store.ts";
import { UnloadBuffer } from "./unload-buffer.ts";

/**
 * Broadcast after a write: the stamps before and after it, and the parts that changed. Example: before "a1", stamp
 * "b2", parts ["outbox"].
 */
interface Written {
  readonly before: string | undefined;
  readonly stamp: string;
  readonly parts: readonly Part[];
}

/**
 * Stores the state of a user in IndexedDB, with a copy in memory that follows the writes of other tabs. Falls back to
 * memory alone if the browser refuses storage. Example: private mode, or `QuotaExceededError` on a full disk.
 */
export class BrowserStore implements Store {
  readonly #listeners = new Set<() => void>();
  readonly #channel: BroadcastChannel;
  readonly #unloadBuffer: UnloadBuffer;
  /** Undefined if nothing can be stored. */
  #database: Promise<Database | undefined>;
  #open: Database | undefined;
  /** Content of the database at the time of `#stamp`. */
  #kept: State = emptyState;
  #stamp: string | undefined;
  /** Entries that are not written to disk yet. */
  #writing: readonly Entry[] = [];
  #shown: State = emptyState;
  #isLoaded = false;
  #isDurable = true;
  #isClosed = false;

  constructor(userId: string) {
    this.#channel = new BroadcastChannel(`daybook.sync.${userId}`);
    this.#unloadBuffer = new UnloadBuffer(userId);
    this.#channel.addEventListener("message", ({ data }: MessageEvent<Written>) => void this.#hear(data));
    this.#database = openDatabase(userId, () => this.#forgo())
      .then(async (database) => {
        this.#open = database;
        await this.#read();
        const known = new Set(this.#kept.outbox.map(({ id }) => id));
        const { entries, unreadable } = this.#unloadBuffer.take();
        this.append(entries.filter(({ id }) => !known.has(id)));
        if (unreadable.length > 0) await this.#putAside(database, unreadable);
        return database;
      })
      .catch(() => this.#forgo());
  }

  readonly state = (): State => this.#shown;
  readonly isLoaded = (): boolean => this.#isLoaded;
  readonly isDurable = (): boolean => this.#isDurable;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  append(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    this.#writing = [...this.#writing, ...entries];
    this.#unloadBuffer.keep(this.#writing);
    this.#show();
    const written = this.#open
      ? this.#write(this.#open, entries)
      : this.#database.then((database) => database && this.#write(database, entries));
    Promise.resolve(written).then(
      () => this.#arrived(entries),
      () => this.#forgo(),
    );
  }

  async update(change: Update): Promise<State> {
    const database = await this.#database;
    if (!database) return this.#become(change(this.#kept));
    try {
      return await this.#updateIn(database, change);
    } catch {
      this.#forgo();
      return this.#become(change(this.#kept));
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#channel.close();
    void this.#database.then((database) => database?.close());
  }

  /**
   * Issues all requests synchronously, without waiting for a read, so that a page that unloads now has already handed
   * them over. Example: the user adds a todo and closes the tab in the same moment: the `put` is already queued.
   */
  async #write(database: Database, entries: readonly Entry[]): Promise<void> {
    const stamp = crypto.randomUUID();
    const transaction = database.transaction(storeNames, "readwrite", { durability: "strict" });
    const before = transaction.objectStore("rest").get("stamp");
    const outbox = transaction.objectStore("outbox");
    const requests = entries.map((entry) => outbox.put(toStored(entryFormat, entry), entry.id));
    requests.push(transaction.objectStore("rest").put(stamp, "stamp"));
    transaction.commit();
    const [known] = await Promise.all([before, transaction.done, ...requests]);
    this.#tell({ before: this.#stampOf(known), stamp, parts: ["outbox"] });
    if (known !== this.#stamp) return this.#read();
    this.#stamp = stamp;
    this.#kept = append(this.#kept, entries);
  }

  async #putAside(database: Database, unreadable: readonly unknown[]): Promise<void> {
    const transaction = database.transaction(storeNames, "readwrite", { durability: "strict" });
    putAside(transaction, unreadable);
    void transaction.objectStore("rest").put(crypto.randomUUID(), "stamp");
    await transaction.done;
    await this.#read();
  }

  #arrived(entries: readonly Entry[]): void {
    const isOne = (entry: Entry) => entries.includes(entry);
    // Without a database, keep the entries in memory.
    if (!this.#open) this.#kept = append(this.#kept, this.#writing.filter(isOne));
    this.#writing = this.#writing.filter((entry) => !isOne(entry));
    this.#unloadBuffer.keep(this.#writing);
    this.#show();
  }

  async #updateIn(database: Database, change: Update): Promise<State> {
    const transaction = database.transaction(storeNames, "readwrite");
    const stamp = await transaction.objectStore("rest").get("stamp");
    const isKnown = stamp === this.#stamp;
    const before = isKnown ? this.#kept : await readState(transaction, { known: this.#kept });
    const after = change(before);
    const parts = writeState(transaction, before, after);
    const next = parts.length > 0 ? crypto.randomUUID() : this.#stampOf(stamp);
    if (parts.length > 0 && next !== undefined) void transaction.objectStore("rest").put(next, "stamp");
    await transaction.done;
    if (parts.length > 0 && next !== undefined) this.#tell({ before: this.#stampOf(stamp), stamp: next, parts });
    this.#stamp = next;
    return this.#become(after);
  }

  #stampOf = (stored: unknown): string | undefined => (typeof stored === "string" ? stored : undefined);

  async #hear({ before, stamp, parts }: Written): Promise<void> {
    if (stamp === this.#stamp) return;
    await this.#read(before === this.#stamp ? { stamp, parts } : undefined).catch(() => this.#forgo());
  }

  /**
   * Reads the database into memory.
   * @param news the announced change. Only its parts are read if the stamp still matches. Example: "b2" was announced
   * but the database has "c3", so everything is read.
   */
  async #read(news?: Pick<Written, "stamp" | "parts">): Promise<void> {
    if (!this.#open) return;
    const transaction = this.#open.transaction(storeNames, "readonly");
    const stamp = this.#stampOf(await transaction.objectStore("rest").get("stamp"));
    const parts = stamp === news?.stamp ? news?.parts : undefined;
    const state = await readState(transaction, { known: this.#kept, parts });
    await transaction.done;
    this.#stamp = stamp;
    this.#isLoaded = true;
    this.#become(state);
  }

  /** Switches to memory only, for the rest of this tab's life. */
  #forgo(): undefined {
    this.#open?.close();
    this.#open = undefined;
    this.#database = Promise.resolve(undefined);
    this.#kept = append(this.#kept, this.#writing);
    this.#writing = [];
    this.#isLoaded = true;
    this.#isDurable = false;
    this.#show();
    return undefined;
  }

  #tell(written: Written): void {
    if (!this.#isClosed) this.#channel.postMessage(written);
  }

  #become(state: State): State {
    this.#kept = state;
    this.#show();
    return state;
  }

  #show(): void {
    const kept = new Set(this.#kept.outbox.map(({ id }) => id));
    const writing = this.#writing.filter(({ id }) => !kept.has(id));
    this.#shown = append(this.#kept, writing);
    for (const listener of [...this.#listeners]) listener();
  }
}
