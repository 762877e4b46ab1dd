import { isListId } from "@daybook/core/id-forms";
import { backOffMs } from "../../../lib/offline/back-off.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { reasonOf } from "../../../lib/request-id.ts";
import { SignedOutError } from "../../session/session.ts";
import type { EnginePorts } from "../engine-ports.ts";
import type { Update } from "../outbox/outbox.ts";
import type { SyncApi } from "../outbox/send-step.ts";
import { withFetchedLists, withFetchedTodos } from "../state/server-state.ts";
import type { State } from "../state/state.ts";
import { fetchLists, fetchTodos } from "./fetch-lists.ts";
import type { Failure, Failures } from "./fetch-status.ts";

/**
 * Maximum fetches in a row. A fetch is repeated if the API answered a change of this browser meanwhile, because the
 * fetched data may be older. Example: the fetch starts, a todo is saved, and the fetch returns without it: fetch
 * again.
 */
const attempts = 4;

/** Fetches the lists, and the todos of watched lists, from the API into the store. */
export class ListFetcher {
  readonly #ports: EnginePorts;
  readonly #onChange: () => void;
  /** One member per use: two components that watch the same list add two. */
  readonly #watched = new Set<{ readonly listId: string }>();
  readonly #fetching = new Map<string, Promise<void>>();
  #failures: Failures = new Map();
  /**
   * Aborted by `forget` and `stop`. A fetch that began before then discards its result, so that deleted data does not
   * return. Example: a fetch starts, the user signs out, and the response is dropped.
   */
  #generation = new AbortController();

  /** @param onChange called when the failures change */
  constructor(ports: EnginePorts, onChange: () => void) {
    this.#ports = ports;
    this.#onChange = onChange;
  }

  readonly failures = (): Failures => this.#failures;

  /** Keeps the todos of a list up to date until the returned function is called. */
  watch(listId: string): () => void {
    const use = { listId };
    this.#watched.add(use);
    void this.fetch(listId);
    return () => void this.#watched.delete(use);
  }

  /** Fetches the lists and the todos of all watched lists. */
  async fetchAll(): Promise<void> {
    await Promise.all([...this.#wanted()].map((what) => this.fetch(what)));
  }

  /**
   * Fetches the todos of a list, or the lists if `what` is `lists`. Calls during a running fetch share its promise:
   * two components that fetch "lst_1" at once cause one fetch. Never rejects: errors are retried and appear in
   * `failures`.
   */
  fetch(what: string): Promise<void> {
    const running = this.#fetching.get(what);
    if (running) return running;
    const fetching = this.#try(what, this.#generation.signal).finally(() => this.#fetching.delete(what));
    this.#fetching.set(what, fetching);
    return fetching;
  }

  forget(): void {
    this.#generation.abort();
    this.#generation = new AbortController();
  }

  stop(): void {
    this.#generation.abort();
  }

  #wanted = (): Set<string> => new Set(["lists", ...this.#watched.values().map(({ listId }) => listId)]);

  async #try(what: string, signal: AbortSignal): Promise<void> {
    const isWanted = () => !signal.aborted && this.#ports.isAllowed();
    if (!isWanted()) return;
    try {
      await this.#fetchUntilCurrent(what, isWanted);
      if (this.#failures.has(what)) this.#fail(what, undefined);
    } catch (error) {
      if (!signal.aborted) this.#failed(what, error);
    }
  }

  /** @param isWanted whether a result may still be stored: after sign-out, a late response is dropped */
  async #fetchUntilCurrent(what: string, isWanted: () => boolean): Promise<void> {
    const { store, api } = this.#ports;
    for (let i = 0; i < attempts; i += 1) {
      const before = store.state();
      const update = await fetched(what, before, api);
      if (!update || !isWanted()) return;
      if (confirmedOf(what, await store.update(update)) === confirmedOf(what, before)) return;
    }
  }

  #failed(what: string, error: unknown): void {
    if (reasonOf(error) instanceof SignedOutError) return;
    if (what !== "lists" && isProblem(error, "list-not-found")) {
      void this.fetch("lists");
      return;
    }
    const count = (this.#failures.get(what)?.count ?? 0) + 1;
    this.#fail(what, { error, count });
    setTimeout(() => this.#wanted().has(what) && this.fetch(what), backOffMs(count, Math.random()));
  }

  #fail(what: string, failure: Failure | undefined): void {
    const failures = new Map(this.#failures);
    if (failure) failures.set(what, failure);
    else failures.delete(what);
    this.#failures = failures;
    this.#onChange();
  }
}

const confirmedOf = (what: string, { lists, todos }: State): number =>
  (what === "lists" ? lists : todos[what])?.confirmed ?? 0;

/**
 * Fetches the lists, or the todos of a list.
 * @returns the update that stores them; undefined for the key of a list that the server does not have yet, such as
 * "5f0c…" instead of "lst_01J…"
 */
async function fetched(what: string, before: State, api: SyncApi): Promise<Update | undefined> {
  const since = confirmedOf(what, before);
  if (what === "lists") {
    const lists = await fetchLists(api, before.lists);
    return (state) => withFetchedLists(state, lists, { since, now: Date.now() });
  }
  if (!isListId(what)) return undefined;
  const todos = await fetchTodos(api, what, before.todos[what]);
  return (state) => withFetchedTodos(state, what, todos, { since, now: Date.now() });
}
