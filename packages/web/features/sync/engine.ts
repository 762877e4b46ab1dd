import type { Failures } from "./fetch/fetch-status.ts";
import { ListFetcher } from "./fetch/list-fetcher.ts";
import { append, clearRetryDelays, release, toEntries, type Update } from "./outbox/outbox.ts";
import { OutboxSender } from "./outbox/outbox-sender.ts";
import type { SyncApi } from "./outbox/send-step.ts";
import { type Action, undo } from "./outbox/undo.ts";
import type { Decide } from "./problems.ts";
import { type Change, emptyState, findList, knownTodosOf, type State } from "./state/state.ts";
import type { Store } from "./store/store.ts";

/** A change that is shown at once and sent after `undoMs`, so that it can be undone. */
export interface UndoableChange {
  /** Number of changed todos, or 1 for a list. */
  readonly count: number;
  /** Undoes it. Creates again what was already deleted on the server. */
  undo(): void;
  /** Sends it now. */
  commit(): void;
}

/** What is shown depends on this. */
export interface View {
  readonly state: State;
  readonly failures: Failures;
  readonly online: boolean;
  readonly durable: boolean;
}

/** Dependencies of the engine. */
export interface EnginePorts {
  readonly store: Store;
  readonly api: SyncApi;
  /** The same for what must arrive although the page goes. */
  readonly lastingApi: SyncApi;
  withTabLock(work: () => Promise<void>): Promise<void>;
  isOnline(): boolean;
  /** Whether requests can be made: not while the person has to sign in again. */
  isAllowed(): boolean;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** How long a removal can be undone before it is sent. */
export const undoMs = 10_000;

/** Delay between a sent change and the next fetch. */
const fetchAfterMs = 500;

/** The lists and todos of one person in this tab: what is known, what they did, and how both come together. */
export class Engine {
  readonly #ports: EnginePorts;
  readonly #outboxSender: OutboxSender;
  readonly #fetcher: ListFetcher;
  readonly #listeners = new Set<() => void>();
  /** What this tab holds, by its groups. */
  readonly #undoables = new Map<string, Action>();
  #view: View;
  #fetchTimer: ReturnType<typeof setTimeout> | undefined;
  #stopListening: () => void;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
    const { store, api, lastingApi, now } = ports;
    const mayTry = () => ports.isOnline() && ports.isAllowed();
    this.#fetcher = new ListFetcher({
      store,
      api,
      mayTry: () => ports.isAllowed(),
      now,
      onChange: () => this.#changed(),
    });
    this.#outboxSender = new OutboxSender({
      ...{ store, api, lastingApi, mayTry, now, withTabLock: ports.withTabLock },
      onSent: () => this.#fetchSoon(),
      onUnread: (ids) => void Promise.all(ids.map((id) => this.#fetcher.fetch(id))),
    });
    this.#view = this.#observe();
    this.#stopListening = store.subscribe(() => {
      this.#changed();
      this.#outboxSender.wake();
    });
  }

  readonly view = (): View => this.#view;
  readonly state = (): State => this.#ports.store.state();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Keeps what the person did: it is shown at once, survives the tab, and is sent.
   * @param undoable whether it is sent only after a while, so that it can be taken back
   */
  record(changes: readonly Change[], { undoable = false } = {}): UndoableChange {
    const { store, now } = this.#ports;
    const before = store.state();
    const group = crypto.randomUUID();
    const heldUntil = undoable ? now() + undoMs : undefined;
    const action: Action = { group, entries: toEntries(before, changes, { at: now(), group, heldUntil }), before };
    store.append(action.entries);
    if (undoable) this.#keepUndoable(action);
    return { count: changes.length, undo: () => this.#undo(action), commit: () => this.#commit([action]) };
  }

  /** A list comes back with its todos, so they are read before it goes. */
  #keepUndoable(action: Action): void {
    this.#undoables.set(action.group, action);
    for (const key of unreadLists(action)) {
      const list = findList(action.before, key);
      if (!list) continue;
      void this.#fetcher.fetch(list.id).then(() => {
        const now = this.state();
        if (knownTodosOf(now, key)) action.before = now;
      });
    }
  }

  /** Carries out what the person has decided about a problem. */
  readonly decide: Decide = (update, instead = []) => {
    this.#act((state) => {
      const decided = update(state);
      return append(decided, toEntries(decided, instead, { at: this.#ports.now() }));
    });
  };

  /** Keeps the todos of a list up to date until the function that is returned is called. */
  watch(listId: string): () => void {
    return this.#fetcher.watch(listId);
  }

  /** Sends and reads everything now, whatever was to wait. */
  retryNow(): void {
    this.#act(clearRetryDelays);
    void this.#fetcher.fetchAll();
  }

  /** Reads anew what is looked at. */
  reload(): void {
    void this.#fetcher.fetchAll();
  }

  /** Something about the world that is shown has changed. */
  look(): void {
    this.#changed();
  }

  /** The world has changed: there is a network, a session, or somebody who looks. */
  refresh(): void {
    this.#changed();
    this.retryNow();
  }

  /** Sends what can be sent within some time. @returns how many changes are left */
  async flush(flushTimeoutMs: number): Promise<number> {
    const { store, isOnline } = this.#ports;
    const left = () => store.state().outbox.filter(({ acceptedAt }) => acceptedAt === undefined);
    const lost = () => left().length + store.state().unreadable.length;
    await store.update((state) => clearRetryDelays(release()(state)));
    if (!isOnline()) return lost();
    this.#outboxSender.wake();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, flushTimeoutMs);
      const unsubscribe = store.subscribe(look);
      function done() {
        clearTimeout(timer);
        unsubscribe();
        resolve();
      }
      function look() {
        if (left().every(({ trouble }) => trouble !== undefined)) done();
      }
      look();
    });
    return lost();
  }

  /** Forgets everything, in all tabs of this browser. */
  async forget(): Promise<void> {
    this.#undoables.clear();
    this.#fetcher.forget();
    await this.#ports.store.update(() => emptyState);
  }

  /** Whether what is not saved would be lost with this tab. */
  isAtRisk(): boolean {
    const { store } = this.#ports;
    return !store.isDurable() && store.state().outbox.some(({ acceptedAt }) => acceptedAt === undefined);
  }

  /**
   * The page is hidden, and may not come back: what this tab holds is sent. It can still be taken back, which makes anew what was sent.
   * @param isLeft whether the page goes for good, so that nobody can take back a list whose todos are not known here
   */
  hide({ isLeft }: { readonly isLeft: boolean }): void {
    const actions = [...this.#undoables.values()].filter((action) => isLeft || unreadLists(action).length === 0);
    this.#outboxSender.sendAtOnce(new Set(actions.map(({ group }) => group)));
    this.#commit(actions);
  }

  stop(): void {
    this.#stopListening();
    clearTimeout(this.#fetchTimer);
    this.#outboxSender.stop();
    this.#fetcher.stop();
    this.#ports.store.close();
  }

  #commit(actions: readonly Action[]): void {
    const groups = new Set(actions.map(({ group }) => group));
    for (const group of groups) this.#undoables.delete(group);
    if (groups.size > 0) this.#act(release(groups));
  }

  #undo(action: Action): void {
    this.#undoables.delete(action.group);
    this.#act((state) => undo(state, action, this.#ports.now()));
  }

  #act(update: Update): void {
    void this.#ports.store.update(update).then(() => this.#outboxSender.wake());
  }

  #fetchSoon(): void {
    clearTimeout(this.#fetchTimer);
    this.#fetchTimer = setTimeout(() => void this.#fetcher.fetchAll(), fetchAfterMs);
  }

  #observe = (): View => {
    const { store, isOnline } = this.#ports;
    const durable = store.isDurable();
    return { state: store.state(), failures: this.#fetcher.failures(), online: isOnline(), durable };
  };

  #changed(): void {
    this.#view = this.#observe();
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The lists of an action whose todos are not known: they could not be made anew. */
const unreadLists = ({ entries, before }: Action): string[] =>
  entries.flatMap(({ change }) => {
    const isUnread = change.type === "remove-list" && findList(before, change.key) && !knownTodosOf(before, change.key);
    return isUnread ? [change.key] : [];
  });
