import { type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import { type Observable, observable } from "../observable.ts";
import { type Layout, type StoredRecord, type Update, writesBetween } from "./layout.ts";
import { UnloadBuffer } from "./unload-buffer.ts";

interface StoreNames {
  readonly database: string;
  readonly channel: string;
  /** Prefix of the unload buffer's keys in localStorage. */
  readonly unloadPrefix: string;
}

/** A change that is shown but not written to disk yet. */
interface Pending<State> {
  readonly change: Update<State>;
  readonly writes: readonly StoredRecord[];
}

/** Broadcast after a write: the stamps before and after it, and what was written. Example: before "a1", stamp "b2". */
interface Written {
  readonly before: string | undefined;
  readonly stamp: string;
  /** Undefined if everything must be read again. */
  readonly writes?: readonly StoredRecord[] | undefined;
}

type ReadWrite = IDBPTransaction<unknown, string[], "readwrite">;

/**
 * Stores the state of a user in IndexedDB, with a copy in memory that follows the writes of other tabs. Falls back to
 * memory alone if the browser refuses storage. Example: private mode, or `QuotaExceededError` on a full disk.
 */
export class OfflineStore<State> {
  readonly #layout: Layout<State>;
  readonly #channel: BroadcastChannel;
  readonly #unloadBuffer: UnloadBuffer;
  readonly #shown: Observable<State>;
  /** Resolves when the stored state is loaded. Undefined if nothing can be stored. */
  #database: Promise<IDBPDatabase | undefined>;
  #open: IDBPDatabase | undefined;
  /** Content of the database at the time of `#stamp`. */
  #kept: State;
  #stamp: string | undefined;
  #pending: readonly Pending<State>[] = [];
  #isLoaded = false;
  #isDurable = true;
  #isClosed = false;

  constructor(layout: Layout<State>, { database, channel, unloadPrefix }: StoreNames) {
    this.#layout = layout;
    this.#kept = layout.empty;
    this.#shown = observable(layout.empty);
    this.#unloadBuffer = new UnloadBuffer(unloadPrefix);
    this.#channel = new BroadcastChannel(channel);
    this.#channel.addEventListener("message", ({ data }: MessageEvent<Written>) => void this.#hear(data));
    this.#database = this.#load(database).catch(() => this.#forgo());
  }

  /** The state as this tab knows it, including changes that are not on disk yet. */
  readonly state = (): State => this.#shown.get();
  readonly subscribe = (listener: () => void): (() => void) => this.#shown.subscribe(listener);
  /** Whether the data survives closing this tab. */
  readonly isDurable = (): boolean => this.#isDurable;
  /** Resolves when the stored data has been loaded. Never rejects. */
  readonly loaded = async (): Promise<void> => void (await this.#database);

  /**
   * Changes records without reading: the change is shown at once, and its write has started when this returns. So a
   * page that unloads now has already handed it over. Example: the user adds a todo and closes the tab in the same
   * moment: the `put` is already queued. While the database is still opening, localStorage holds a copy.
   * @param change must be idempotent: it can run on a state that already contains it
   */
  write(change: Update<State>): void {
    const writes = writesBetween(this.#layout, this.state(), change(this.state()));
    if (writes.length === 0) return;
    const pending = { change, writes };
    this.#pending = [...this.#pending, pending];
    if (!this.#open) this.copyForUnload();
    this.#show();
    const written = this.#open
      ? this.#put(this.#open, pending)
      : this.#database.then((database) => database && this.#put(database, pending));
    Promise.resolve(written).then(
      () => this.#arrived(pending),
      () => this.#forgo(),
    );
  }

  /**
   * Changes the latest state across all tabs, after all earlier writes.
   * @returns the new state
   */
  async update(change: Update<State>): Promise<State> {
    const database = await this.#database;
    try {
      if (database) return await this.#updateIn(database, change);
    } catch {
      this.#forgo();
    }
    return this.#become(change(this.#kept));
  }

  /**
   * Reads everything again: another tab has written something unknown. A tab with an older version of the app may even
   * write without a stamp.
   */
  async reread(): Promise<void> {
    this.#isLoaded = false;
    await this.update((state) => state);
  }

  /** Copies the changes that are not on disk yet to localStorage. Call it when the page unloads. */
  copyForUnload(): void {
    const stored = this.#pending.flatMap(({ writes }) => writes.map((write) => write.stored));
    this.#unloadBuffer.keep(stored.filter((value) => value !== undefined));
  }

  /** Deletes all data, in all tabs of this browser, including records that no version here can read. */
  async forget(): Promise<void> {
    this.#pending = [];
    this.#unloadBuffer.clear();
    const database = await this.#database;
    if (database) await this.#clear(database).catch(() => this.#forgo());
    this.#become(this.#layout.empty);
  }

  /** Stops listening. Keeps the stored data. */
  close(): void {
    this.#isClosed = true;
    this.#channel.close();
    void this.#database.then((database) => database?.close());
  }

  async #load(name: string): Promise<IDBPDatabase> {
    const { version, stores, open } = this.#layout;
    const database = await openDB(name, version, {
      upgrade(opened) {
        for (const store of stores) if (!opened.objectStoreNames.contains(store)) opened.createObjectStore(store);
      },
      // A newer version of the app, in another tab, needs to upgrade the database, or the browser closes it.
      blocking: () => this.#forgo(),
      terminated: () => this.#forgo(),
    });
    this.#open = database;
    await this.#unloadBuffer.restore((copies) => this.#updateIn(database, (state) => open(state, copies)));
    return database;
  }

  async #put(database: IDBPDatabase, { change, writes }: Pending<State>): Promise<void> {
    const stamp = crypto.randomUUID();
    const transaction = database.transaction([...this.#layout.stores], "readwrite", { durability: "strict" });
    const known = this.#stampIn(transaction);
    const requests = this.#issue(transaction, writes, stamp);
    transaction.commit();
    const [before] = await Promise.all([known, transaction.done, ...requests]);
    this.#tell({ before, stamp, writes });
    if (before !== this.#stamp || !this.#isLoaded) return this.reread();
    this.#stamp = stamp;
    this.#kept = change(this.#kept);
  }

  #issue(transaction: ReadWrite, writes: readonly StoredRecord[], stamp: string): Promise<unknown>[] {
    const requests = writes.map(({ store, key, stored }) => {
      const records = transaction.objectStore(store);
      return stored === undefined ? records.delete(key) : records.put(stored, key);
    });
    return [...requests, transaction.objectStore(this.#layout.stampStore).put(stamp, "stamp")];
  }

  #arrived(pending: Pending<State>): void {
    if (!this.#pending.includes(pending)) return;
    // Without a database, keep the change in memory.
    if (!this.#open) this.#kept = pending.change(this.#kept);
    this.#pending = this.#pending.filter((each) => each !== pending);
    if (this.#pending.length === 0) this.#unloadBuffer.keep([]);
    this.#show();
  }

  async #updateIn(database: IDBPDatabase, change: Update<State>): Promise<State> {
    const transaction = database.transaction([...this.#layout.stores], "readwrite");
    const known = await this.#stampIn(transaction);
    const before = this.#isLoaded && known === this.#stamp ? this.#kept : await this.#readAll(transaction);
    const after = change(before);
    const writes = writesBetween(this.#layout, before, after);
    const stamp = writes.length > 0 ? crypto.randomUUID() : known;
    if (writes.length > 0 && stamp !== undefined) await Promise.all(this.#issue(transaction, writes, stamp));
    await transaction.done;
    if (writes.length > 0 && stamp !== undefined) this.#tell({ before: known, stamp, writes });
    this.#stamp = stamp;
    this.#isLoaded = true;
    return this.#become(after);
  }

  async #hear({ before, stamp, writes }: Written): Promise<void> {
    if (stamp === this.#stamp) return;
    if (!writes || !this.#isLoaded || before !== this.#stamp) return this.reread();
    this.#stamp = stamp;
    this.#become(this.#layout.load(this.#kept, writes));
  }

  async #readAll(transaction: ReadWrite): Promise<State> {
    const all = this.#layout.stores.map(async (store) => {
      const records = transaction.objectStore(store);
      const [keys, values] = await Promise.all([records.getAllKeys(), records.getAll()]);
      return keys.map((key, i) => ({ store, key: String(key), stored: values[i] }));
    });
    const records = (await Promise.all(all)).flat().filter(({ key }) => key !== "stamp");
    return this.#layout.load(this.#layout.empty, records);
  }

  async #stampIn(transaction: ReadWrite): Promise<string | undefined> {
    const stored: unknown = await transaction.objectStore(this.#layout.stampStore).get("stamp");
    return typeof stored === "string" ? stored : undefined;
  }

  async #clear(database: IDBPDatabase): Promise<void> {
    const stamp = crypto.randomUUID();
    const transaction = database.transaction([...this.#layout.stores], "readwrite");
    const cleared = this.#layout.stores.map((store) => transaction.objectStore(store).clear());
    await Promise.all([...cleared, ...this.#issue(transaction, [], stamp), transaction.done]);
    this.#tell({ before: undefined, stamp });
    this.#stamp = stamp;
  }

  /** Switches to memory only, for the rest of this tab's life. */
  #forgo(): undefined {
    this.#open?.close();
    this.#open = undefined;
    this.#database = Promise.resolve(undefined);
    this.#kept = this.#withPending();
    this.#pending = [];
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

  #withPending = (): State => this.#pending.reduce((state, { change }) => change(state), this.#kept);

  #show(): void {
    this.#shown.set(this.#withPending());
  }
}
