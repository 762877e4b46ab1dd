import { type Observable, observable } from "../../lib/observable.ts";
import type { PageListener } from "../../lib/offline/page-events.ts";
import type { EnginePorts } from "./engine-ports.ts";
import type { Failures } from "./fetch/fetch-status.ts";
import { ListFetcher } from "./fetch/list-fetcher.ts";
import { append, clearRetryDelays, release, toEntries, type Update } from "./outbox/outbox.ts";
import { outboxSenderOf } from "./outbox/outbox-sender.ts";
import { type Action, undo } from "./outbox/undo.ts";
import type { Decide } from "./problems.ts";
import { type Change, findList, knownTodosOf, type State } from "./state/state.ts";

/**
 * A recorded change that can be undone. If it is undoable, it is sent after `undoMs`: a removal at 09:00:00 is sent at
 * 09:00:10 unless the user undoes it.
 */
export interface UndoableChange {
  /**
   * Undoes the change. Recreates items that the server has already deleted: an undo at second 3, after the page was
   * hidden at second 2, creates the todo again.
   */
  undo(): void;
  /** Sends the change now. */
  commit(): void;
}

/** Snapshot that components render from. */
export interface View {
  readonly state: State;
  readonly failures: Failures;
  readonly online: boolean;
  readonly durable: boolean;
}

/** How long a removal can be undone before it is sent. Milliseconds. */
export const undoMs = 10_000;

/**
 * Delay between a sent change and the next fetch. Example: three changes sent within 500 ms cause one fetch.
 * Milliseconds.
 */
const fetchAfterMs = 500;

/** How long signing out waits for pending changes to be sent. Milliseconds. */
const flushTimeoutMs = 3000;

/** Sync engine of one user in this tab. Combines the fetched lists and todos with the outbox of pending changes. */
export class Engine implements PageListener {
  readonly #ports: EnginePorts;
  readonly #outboxSender: ReturnType<typeof outboxSenderOf>;
  readonly #fetcher: ListFetcher;
  /** Undoable actions of this tab that are not committed yet, by their group. */
  readonly #undoables = new Map<string, Action>();
  readonly #view: Observable<View>;
  #fetchTimer: ReturnType<typeof setTimeout> | undefined;
  #stopListening: () => void;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
    this.#fetcher = new ListFetcher(ports, () => this.#changed());
    this.#outboxSender = outboxSenderOf(ports, {
      onSent: () => this.#fetchSoon(),
      onUnread: (ids) => void Promise.all(ids.map((id) => this.#fetcher.fetch(id))),
    });
    this.#view = observable(this.#look());
    this.#stopListening = ports.store.subscribe(() => {
      this.#changed();
      this.#outboxSender.wake();
    });
  }

  readonly view = (): View => this.#view.get();
  readonly state = (): State => this.#ports.store.state();
  readonly subscribe = (listener: () => void): (() => void) => this.#view.subscribe(listener);

  /**
   * Records user changes: shows them at once, persists them, and queues them for sending.
   * @param undoable delays sending by `undoMs`, so that the user can undo the changes
   */
  record(changes: readonly Change[], { undoable = false } = {}): UndoableChange {
    const before = this.state();
    const [group, at] = [crypto.randomUUID(), Date.now()];
    const heldUntil = undoable ? at + undoMs : undefined;
    const action: Action = { group, entries: toEntries(before, changes, { at, group, heldUntil }), before };
    this.#ports.store.write((state) => append(state, action.entries));
    if (undoable) this.#keepUndoable(action);
    return { undo: () => this.#undo(action), commit: () => this.#commit([action]) };
  }

  /**
   * Fetches the todos of lists that the action removes, so that an undo can recreate them. Example: the user removes
   * "Groceries" without opening it. Its todos are fetched while the removal is held for 10 s.
   */
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

  /** Applies the user's decision on a problem. */
  readonly decide: Decide = (update, instead = []) => {
    this.#act((state) => {
      const decided = update(state);
      return append(decided, toEntries(decided, instead, { at: Date.now() }));
    });
  };

  /** Keeps the todos of a list up to date until the returned function is called. */
  watch(listId: string): () => void {
    return this.#fetcher.watch(listId);
  }

  /** Sends and fetches everything now. Skips retry delays: a change that would be retried in 40 s is sent at once. */
  retryNow(): void {
    this.#act(clearRetryDelays);
    void this.#fetcher.fetchAll();
  }

  /** Fetches the lists and the todos of all watched lists. */
  reload(): void {
    void this.#fetcher.fetchAll();
  }

  /** A todo added on the phone appears here within a minute. */
  everyMinute(): void {
    this.reload();
  }

  /** Updates the view, then sends and fetches everything: back online, three pending todos are sent at once. */
  refresh(): void {
    this.#changed();
    if (this.#ports.isOnline()) this.retryNow();
  }

  /**
   * Sends pending changes until all are sent or need a decision, or until the time limit. Example: with three pending
   * changes and one refused, it returns 1 as soon as the other two are sent.
   * @param timeoutMs time limit in milliseconds
   * @returns the number of changes that the server does not have, including unreadable ones
   */
  async flush(timeoutMs = flushTimeoutMs): Promise<number> {
    const { store, isOnline } = this.#ports;
    const left = () => store.state().outbox.filter(({ acceptedAt }) => acceptedAt === undefined);
    const lost = () => left().length + store.state().unreadable.length;
    await store.update((state) => clearRetryDelays(release()(state)));
    if (!isOnline()) return lost();
    this.#outboxSender.wake();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, timeoutMs);
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

  /** Deletes all local data, in all tabs of this browser. */
  async forget(): Promise<void> {
    this.#undoables.clear();
    this.#fetcher.forget();
    await this.#ports.store.forget();
  }

  /** Whether unsaved changes would be lost if this tab closed now. */
  isAtRisk(): boolean {
    const { store } = this.#ports;
    return !store.isDurable() && store.state().outbox.some(({ acceptedAt }) => acceptedAt === undefined);
  }

  /**
   * Sends held changes when the page is hidden, because it may never return. They can still be undone: undo then
   * recreates what was sent. Example: the user removes a todo, switches to another app after 2 s, and returns. Undo
   * creates the todo again.
   * @param isLeft whether the page unloads. If true, also sends the removal of a list whose todos are unknown here,
   * because nothing is left that could undo it. If false, that removal stays held.
   */
  hide({ isLeft }: { readonly isLeft: boolean }): void {
    this.#ports.store.copyForUnload();
    const actions = [...this.#undoables.values()].filter((action) => isLeft || unreadLists(action).length === 0);
    this.#outboxSender.sendAtOnce(new Set(actions.map(({ group }) => group)));
    this.#commit(actions);
  }

  close(): void {
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
    this.#act((state) => undo(state, action, Date.now()));
  }

  #act(update: Update): void {
    void this.#ports.store.update(update).then(() => this.#outboxSender.wake());
  }

  #fetchSoon(): void {
    clearTimeout(this.#fetchTimer);
    this.#fetchTimer = setTimeout(() => void this.#fetcher.fetchAll(), fetchAfterMs);
  }

  #look = (): View => {
    const { store, isOnline } = this.#ports;
    const durable = store.isDurable();
    return { state: store.state(), failures: this.#fetcher.failures(), online: isOnline(), durable };
  };

  #changed(): void {
    this.#view.set(this.#look());
  }
}

/**
 * Keys of the lists that an action removes and whose todos are unknown, so that undo could not recreate them. Example:
 * a removed list that was never opened in this browser.
 */
const unreadLists = ({ entries, before }: Action): string[] =>
  entries.flatMap(({ change }) => {
    const isUnread = change.type === "remove-list" && findList(before, change.key) && !knownTodosOf(before, change.key);
    return isUnread ? [change.key] : [];
  });
