import { append, hurry, release, toEntries, type Update } from "./outbox.ts";
import type { Decide } from "./problems.ts";
import type { Failures } from "./read-status.ts";
import { Reader } from "./reader.ts";
import type { SyncApi } from "./send.ts";
import { Sender } from "./sender.ts";
import { type Change, emptyState, findList, knownTodosOf, type State } from "./state.ts";
import type { Store } from "./store.ts";
import { type Action, undo } from "./undo.ts";

/** A change that is shown, but not sent for some seconds. */
export interface Held {
  /** How much is held: how many todos, or one list. */
  readonly count: number;
  /** Takes it back; what was sent meanwhile is made anew. */
  undo(): void;
  /** Sends it without waiting any longer. */
  settle(): void;
}

/** What is shown depends on this. */
export interface View {
  readonly state: State;
  readonly failures: Failures;
  readonly online: boolean;
  readonly durable: boolean;
}

/** What the data of one person needs of the world around it. */
export interface EnginePorts {
  readonly store: Store;
  readonly api: SyncApi;
  /** The same for what must arrive although the page goes. */
  readonly lastingApi: SyncApi;
  alone(work: () => Promise<void>): Promise<void>;
  isOnline(): boolean;
  /** Whether requests can be made: not while the person has to sign in again. */
  isAllowed(): boolean;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** So long a removal can be taken back before it is sent. */
export const undoMs = 10_000;

/** How soon what is known is read again after something was sent. */
const readAfterMs = 500;

/** The lists and todos of one person in this tab: what is known, what they did, and how both come together. */
export class Engine {
  readonly #ports: EnginePorts;
  readonly #sender: Sender;
  readonly #reader: Reader;
  readonly #listeners = new Set<() => void>();
  /** What this tab holds, by its groups. */
  readonly #held = new Map<string, Action>();
  #view: View;
  #readTimer: ReturnType<typeof setTimeout> | undefined;
  #stopListening: () => void;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
    const { store, api, lastingApi, now } = ports;
    const mayTry = () => ports.isOnline() && ports.isAllowed();
    this.#reader = new Reader({ store, api, mayTry: () => ports.isAllowed(), now, onChange: () => this.#changed() });
    this.#sender = new Sender({
      ...{ store, api, lastingApi, mayTry, now, alone: ports.alone },
      onSent: () => this.#readSoon(),
      onUnread: (ids) => void Promise.all(ids.map((id) => this.#reader.read(id))),
    });
    this.#view = this.#observe();
    this.#stopListening = store.subscribe(() => {
      this.#changed();
      this.#sender.wake();
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
   * @param held whether it is sent only after a while, so that it can be taken back
   */
  record(changes: readonly Change[], { held = false } = {}): Held {
    const { store, now } = this.#ports;
    const before = store.state();
    const group = crypto.randomUUID();
    const heldUntil = held ? now() + undoMs : undefined;
    const action: Action = { group, entries: toEntries(before, changes, { at: now(), group, heldUntil }), before };
    store.append(action.entries);
    if (held) this.#hold(action);
    return { count: changes.length, undo: () => this.#undo(action), settle: () => this.#settle([action]) };
  }

  /** A list comes back with its todos, so they are read before it goes. */
  #hold(action: Action): void {
    this.#held.set(action.group, action);
    for (const key of unreadLists(action)) {
      const list = findList(action.before, key);
      if (!list) continue;
      void this.#reader.read(list.id).then(() => {
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
    return this.#reader.watch(listId);
  }

  /** Sends and reads everything now, whatever was to wait. */
  retryNow(): void {
    this.#act(hurry);
    void this.#reader.readAll();
  }

  /** Reads anew what is looked at. */
  reload(): void {
    void this.#reader.readAll();
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
  async flush(patienceMs: number): Promise<number> {
    const { store, isOnline } = this.#ports;
    const left = () => store.state().outbox.filter(({ acceptedAt }) => acceptedAt === undefined);
    const lost = () => left().length + store.state().unreadable.length;
    await store.update((state) => hurry(release()(state)));
    if (!isOnline()) return lost();
    this.#sender.wake();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, patienceMs);
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
    this.#held.clear();
    this.#reader.forget();
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
    const actions = [...this.#held.values()].filter((action) => isLeft || unreadLists(action).length === 0);
    this.#sender.sendAtOnce(new Set(actions.map(({ group }) => group)));
    this.#settle(actions);
  }

  stop(): void {
    this.#stopListening();
    clearTimeout(this.#readTimer);
    this.#sender.stop();
    this.#reader.stop();
    this.#ports.store.close();
  }

  #settle(actions: readonly Action[]): void {
    const groups = new Set(actions.map(({ group }) => group));
    for (const group of groups) this.#held.delete(group);
    if (groups.size > 0) this.#act(release(groups));
  }

  #undo(action: Action): void {
    this.#held.delete(action.group);
    this.#act((state) => undo(state, action, this.#ports.now()));
  }

  #act(update: Update): void {
    void this.#ports.store.update(update).then(() => this.#sender.wake());
  }

  #readSoon(): void {
    clearTimeout(this.#readTimer);
    this.#readTimer = setTimeout(() => void this.#reader.readAll(), readAfterMs);
  }

  #observe = (): View => {
    const { store, isOnline } = this.#ports;
    const durable = store.isDurable();
    return { state: store.state(), failures: this.#reader.failures(), online: isOnline(), durable };
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
