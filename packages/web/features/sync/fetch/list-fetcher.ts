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
import type { Failures } from "./fetch-status.ts";

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
  /** Number of watchers per list id. */
  readonly #watched = new Map<string, number>();
  readonly #fetching = new Map<string, Promise<void>>();
  readonly #fails = new Map<string, number>();
  #failures: Failures = new Map();
  #isStopped = false;
  /**
   * Incremented by `forget`. A fetch that began in an earlier generation discards its result, so that deleted data
   * does not return. Example: a fetch starts at 0, the user signs out (1), and the response is dropped.
   */
  #turn = 0;

  /** @param onChange called when the failures change */
  constructor(ports: EnginePorts, onChange: () => void) {
    this.#ports = ports;
    this.#onChange = onChange;
  }

  readonly failures = (): Failures => this.#failures;

  /** Keeps the todos of a list up to date until the returned function is called. */
  watch(listId: string): () => void {
    this.#watched.set(listId, (this.#watched.get(listId) ?? 0) + 1);
    void this.fetch(listId);
    return () => {
      const left = (this.#watched.get(listId) ?? 1) - 1;
      if (left > 0) this.#watched.set(listId, left);
      else this.#watched.delete(listId);
    };
  }

  /** Fetches the lists and the todos of all watched lists. */
  async fetchAll(): Promise<void> {
    await Promise.all(["lists", ...this.#watched.keys()].map((what) => this.fetch(what)));
  }

  /**
   * Fetches the todos of a list, or the lists if `what` is `lists`. Calls during a running fetch share its promise:
   * two components that fetch "lst_1" at once cause one fetch. Never rejects: errors are retried and appear in
   * `failures`.
   */
  fetch(what: string): Promise<void> {
    const running = this.#fetching.get(what);
    if (running) return running;
    const fetching = this.#try(what).finally(() => this.#fetching.delete(what));
    this.#fetching.set(what, fetching);
    return fetching;
  }

  forget(): void {
    this.#turn += 1;
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #try(what: string): Promise<void> {
    if (this.#isStopped || !this.#ports.isAllowed()) return;
    try {
      await this.#fetchUntilCurrent(what);
      this.#fails.delete(what);
      if (this.#failures.has(what)) this.#fail(what, undefined);
    } catch (error) {
      this.#failed(what, error);
    }
  }

  /**
   * Whether a result may still be stored: no `forget` or `stop` since the request, and the session is valid. Example:
   * after sign-out, a late response is dropped.
   */
  #isWanted(turn: number): boolean {
    return turn === this.#turn && !this.#isStopped && this.#ports.isAllowed();
  }

  async #fetchUntilCurrent(what: string): Promise<void> {
    const { store, api } = this.#ports;
    const turn = this.#turn;
    for (let i = 0; i < attempts; i += 1) {
      const before = store.state();
      const update = await fetched(what, before, api);
      if (!update || !this.#isWanted(turn)) return;
      if (confirmedOf(what, await store.update(update)) === confirmedOf(what, before)) return;
    }
  }

  #failed(what: string, error: unknown): void {
    if (this.#isStopped || reasonOf(error) instanceof SignedOutError) return;
    if (what !== "lists" && isProblem(error, "list-not-found")) {
      void this.fetch("lists");
      return;
    }
    const count = (this.#fails.get(what) ?? 0) + 1;
    this.#fails.set(what, count);
    // The first failure is not reported, because the retry after a second usually succeeds.
    if (count > 1) this.#fail(what, error);
    const retry = () => (what === "lists" || this.#watched.has(what)) && this.fetch(what);
    setTimeout(retry, backOffMs(count, Math.random()));
  }

  #fail(what: string, error: unknown): void {
    const failures = new Map(this.#failures);
    if (error === undefined) failures.delete(what);
    else failures.set(what, error);
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
