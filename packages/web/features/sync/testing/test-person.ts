import * as v from "valibot";
import * as todos from "../../todo/todo-changes.ts";
import { fetchLists, fetchTodos } from "../fetch/fetch-lists.ts";
import { applyOutcome } from "../outbox/apply-outcome.ts";
import { append, compact, markAttempted, toEntries, type Update } from "../outbox/outbox.ts";
import { planSteps, type Step } from "../outbox/send-plan.ts";
import { type Outcome, send } from "../outbox/send-step.ts";
import { type Action, undo } from "../outbox/undo.ts";
import { type Problem, problemsOf } from "../problems.ts";
import { shownListsOf, shownTodosOf } from "../state/optimistic-state.ts";
import { withFetchedLists, withFetchedTodos } from "../state/server-state.ts";
import { type Change, type Edits, Entry, emptyState, KnownLists, KnownTodos, type State } from "../state/state.ts";
import type { TestApi } from "./test-api.ts";

/**
 * A user in a browser in which the test controls each step: requests leave and responses arrive only when the test
 * says so.
 */
export class TestPerson {
  state: State = emptyState;
  now = 1_795_000_000_000;
  readonly #api: TestApi;
  #inFlight: { readonly step: Step; readonly outcome: Outcome }[] = [];
  #reads: (() => void)[] = [];
  readonly #removals: Action[] = [];

  constructor(api: TestApi) {
    this.#api = api;
  }

  /** Returns a user whose browser has loaded everything. */
  static async sitDown(api: TestApi): Promise<TestPerson> {
    const person = new TestPerson(api);
    await person.look();
    person.hear();
    return person;
  }

  get inbox(): string {
    return shownListsOf(this.state)?.[0]?.key ?? "";
  }

  /**
   * Records changes.
   * @param heldMs undo time in milliseconds; sent without delay if omitted
   */
  do(changes: readonly Change[], heldMs?: number): void {
    const heldUntil = heldMs === undefined ? undefined : this.now + heldMs;
    const group = crypto.randomUUID();
    const entries = toEntries(this.state, changes, { at: this.now, group, heldUntil });
    if (heldMs !== undefined) this.#removals.push({ group, entries, before: this.state });
    this.update((state) => append(state, entries));
  }

  /** Undoes the last removal. */
  undo(): void {
    const last = this.#removals.pop();
    if (last) this.update((state) => undo(state, last, this.now));
  }

  add(title: string, list = this.inbox): string {
    const key = crypto.randomUUID();
    this.do([todos.toAdd(this.state, list, { key, title, now: this.now })]);
    return key;
  }

  /** Adds a todo to the inbox and waits until the server has it. */
  async save(title: string): Promise<{ key: string; id: string }> {
    const key = this.add(title);
    await this.settleDown();
    return { key, id: shownTodosOf(this.state, this.inbox)?.find((todo) => todo.key === key)?.id ?? "" };
  }

  edit(key: string, edits: Edits): void {
    this.do(todos.toEdit(this.state, this.inbox, key, edits));
  }

  remove(key: string, heldMs?: number): void {
    this.do(todos.toRemove(this.state, this.inbox, key), heldMs);
  }

  problems(): Problem[] {
    return problemsOf(this.state, (update, instead = []) => {
      this.update(update);
      this.do(instead);
    });
  }

  /** Picks the choice with this name in the first problem. */
  choose(name: string): void {
    const [problem] = this.problems();
    problem?.choices.find((choice) => choice.name === name)?.run();
  }

  titles = () => shownTodosOf(this.state, this.inbox)?.map(({ title }) => title);
  marks = () => shownTodosOf(this.state, this.inbox)?.map(({ state }) => state);

  update(change: Update): void {
    this.state = change(this.state);
  }

  /** Starts fetching everything. The responses arrive with `hear`. */
  async look(): Promise<void> {
    const { client } = this.#api;
    const { lists } = this.state;
    const fetched = await fetchLists(client, lists).catch(() => undefined);
    const since = lists?.confirmed ?? 0;
    if (fetched)
      this.#reads.push(() => this.update((state) => withFetchedLists(state, fetched, { since, now: this.now })));
    for (const { id } of fetched?.items ?? []) {
      const known = this.state.todos[id];
      const found = await fetchTodos(client, id, known).catch(() => undefined);
      const before = { since: known?.confirmed ?? 0, now: this.now };
      if (found) this.#reads.push(() => this.update((state) => withFetchedTodos(state, id, found, before)));
    }
  }

  /** Delivers the fetched responses. */
  hear(): void {
    for (const take of this.#reads.splice(0)) take();
  }

  /**
   * Sends the next planned request.
   * @returns whether there was one
   */
  async sendNext(): Promise<boolean> {
    this.update(compact(this.now));
    const inFlight = this.#inFlight.map(({ step }) => step);
    const [step] = planSteps(this.state, { now: this.now, inFlight }).steps;
    if (!step) return false;
    const ids = new Set(step.entries.map(({ id }) => id));
    this.update(markAttempted(ids, this.now));
    const outcome = await send(step, this.state, this.#api.client);
    this.#inFlight.push({ step, outcome });
    return true;
  }

  /** Delivers one pending response twice, because applying it is idempotent: the second time changes nothing. */
  receive(which = 0): void {
    const [flight] = this.#inFlight.splice(which % Math.max(1, this.#inFlight.length), 1);
    if (!flight) return;
    const take = applyOutcome(flight.step, flight.outcome, { now: this.now, random: 0.5 });
    this.update(take);
    this.update(take);
  }

  /**
   * Reloads the page: drops pending requests and restores the stored state. Example: a request that was sent without
   * an answer stays in the outbox with `attempts` 1.
   */
  reload(): void {
    this.#inFlight = [];
    this.#reads = [];
    const { outbox, unreadable, lists, todos: known, pause } = JSON.parse(JSON.stringify(this.state));
    this.state = {
      outbox: outbox.map((entry: unknown) => v.parse(Entry, entry)),
      lists: lists && v.parse(KnownLists, lists),
      todos: Object.fromEntries(Object.entries(known).map(([id, list]) => [id, v.parse(KnownTodos, list)])),
      ...{ pause, unreadable },
    };
  }

  /**
   * Advances time until nothing is left to send.
   * @throws if that takes more than 500 rounds
   */
  async settleDown(): Promise<void> {
    for (let i = 0; i < 500; i += 1) {
      this.receive();
      if (await this.sendNext()) continue;
      const left = this.state.outbox.filter(({ trouble, acceptedAt }) => !trouble && acceptedAt === undefined);
      if (left.length === 0 && this.#inFlight.length === 0) return;
      await this.look();
      this.hear();
      this.now += 60_000;
    }
    throw new Error(`This is never sent: ${JSON.stringify(this.state.outbox)}`);
  }

  /** Returns the visible todos of each list, by list name. */
  sees(): Record<string, unknown> {
    const lists = shownListsOf(this.state) ?? [];
    return Object.fromEntries(lists.map(({ key, name }) => [name, seen(shownTodosOf(this.state, key) ?? [])]));
  }
}

interface Seen {
  readonly title: string;
  readonly completed: boolean;
  readonly order: number;
}

/**
 * Reduces todos to the compared members. Sorts equal orders by title, because their real order depends on server ids.
 * Example: two todos with order 3 are compared as "Bread", "Milk".
 */
export const seen = (todos: readonly Seen[]): Seen[] =>
  todos
    .map(({ title, completed, order }) => ({ title, completed, order }))
    .toSorted((a, b) => a.order - b.order || a.title.localeCompare(b.title));
