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

/** A person in front of a browser in which nothing happens by itself: each request leaves, and each answer arrives, when the test says so. */
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

  /** A person in front of a browser that has read everything. */
  static async sitDown(api: TestApi): Promise<TestPerson> {
    const person = new TestPerson(api);
    await person.look();
    person.hear();
    return person;
  }

  get inbox(): string {
    return shownListsOf(this.state)?.[0]?.key ?? "";
  }

  /** @param heldMs how long it is held back */
  do(changes: readonly Change[], heldMs?: number): void {
    const heldUntil = heldMs === undefined ? undefined : this.now + heldMs;
    const group = crypto.randomUUID();
    const entries = toEntries(this.state, changes, { at: this.now, group, heldUntil });
    if (heldMs !== undefined) this.#removals.push({ group, entries, before: this.state });
    this.update((state) => append(state, entries));
  }

  /** Takes the last removal back. */
  undo(): void {
    const last = this.#removals.pop();
    if (last) this.update((state) => undo(state, last, this.now));
  }

  add(title: string, list = this.inbox): string {
    const key = crypto.randomUUID();
    this.do([todos.toAdd(this.state, list, { key, title, now: this.now })]);
    return key;
  }

  /** Adds a todo to the inbox, and waits until the server has it. */
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

  /** Takes the choice of this name in the first problem. */
  choose(name: string): void {
    const [problem] = this.problems();
    problem?.choices.find((choice) => choice.name === name)?.run();
  }

  titles = () => shownTodosOf(this.state, this.inbox)?.map(({ title }) => title);
  marks = () => shownTodosOf(this.state, this.inbox)?.map(({ state }) => state);

  update(change: Update): void {
    this.state = change(this.state);
  }

  /** Begins to read all that can be read; the answers arrive with `hear`. */
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

  /** What was read arrives. */
  hear(): void {
    for (const take of this.#reads.splice(0)) take();
  }

  /** The next request that the plan knows leaves. @returns whether there was one */
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

  /** One of the answers that are on their way arrives; twice, which makes no difference. */
  receive(which = 0): void {
    const [flight] = this.#inFlight.splice(which % Math.max(1, this.#inFlight.length), 1);
    if (!flight) return;
    const take = applyOutcome(flight.step, flight.outcome, { now: this.now, random: 0.5 });
    this.update(take);
    this.update(take);
  }

  /** The page goes, with all that was on its way, and comes back with what was kept. */
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

  /** Time goes by until nothing is left to send. @throws when that never happens */
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

  /** The lists by name, with what the person sees of their todos. */
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

/** What counts of todos. Which of two comes first that have one order, their ids decide, and those are the server's. */
export const seen = (todos: readonly Seen[]): Seen[] =>
  todos
    .map(({ title, completed, order }) => ({ title, completed, order }))
    .toSorted((a, b) => a.order - b.order || a.title.localeCompare(b.title));
