import type { Store } from "../store/store.ts";
import { applyOutcome } from "./apply-outcome.ts";
import { compact, markAttempted, release } from "./outbox.ts";
import { planSteps, type Step } from "./send-plan.ts";
import { type Outcome, type SyncApi, send } from "./send-step.ts";

/** Dependencies of the outbox sender. */
export interface OutboxSenderPorts {
  readonly store: Store;
  readonly api: SyncApi;
  /** The same API, with requests that outlive the page (keepalive). Used when the page unloads. */
  readonly lastingApi: SyncApi;
  /**
   * Runs the work while this tab holds the tab lock, so that only one tab sends at a time. Example: with two tabs
   * open, tab 2 waits until tab 1 has sent everything or is closed.
   */
  withTabLock(work: () => Promise<void>): Promise<void>;
  /** Whether sending can succeed now: online and signed in. */
  mayTry(): boolean;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Called after the API answered a step. The fetched data is now out of date. */
  onSent(): void;
  /**
   * Called with the ids of lists that must be fetched before their pending changes can be sent. Example: a creation
   * sent 13 hours ago without an answer.
   */
  onUnread(listIds: readonly string[]): void;
}

/** Maximum number of parallel requests. Example: of ten ready steps, four are sent and six wait for a free lane. */
const lanes = 4;

/** Delay before the next try after the browser refused the tab lock. Milliseconds. */
const lockedOutMs = 5000;

/**
 * Maximum number of requests when the page unloads, because browsers limit keepalive requests. The next visit sends
 * the rest: of 60 steps, 50 leave now and 10 later.
 */
const mostAtOnce = 50;

/** Maximum timer delay: one hour. A retry in three hours is checked again after one. Milliseconds. */
const longestTimerMs = 60 * 60 * 1000;

/** Sends the outbox. Only one tab at a time holds the lock. */
export class OutboxSender {
  readonly #ports: OutboxSenderPorts;
  #isRunning = false;
  #isStopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Requests without an outcome yet, by step. */
  readonly #flights = new Map<Step, Promise<void>>();
  /** Ends the wait of `#drain`, so that it plans again. */
  #alert: () => void = () => {};

  constructor(ports: OutboxSenderPorts) {
    this.#ports = ports;
  }

  /** Starts sending if a step is ready. Safe to call at any time. */
  wake(): void {
    this.#alert();
    if (this.#isRunning || this.#isStopped || !this.#hasWork()) return;
    this.#isRunning = true;
    this.#ports
      .withTabLock(() => this.#drain())
      .then(
        () => this.#rest(),
        // The browser refused the lock, for example because the page unloads. Try again later.
        () => this.#rest(lockedOutMs),
      );
  }

  /**
   * Checks for work again, because changes can arrive while the lock is being released. Example: a todo added after
   * the last plan but before the release would wait for the next change.
   */
  #rest(forMs = 0): void {
    this.#isRunning = false;
    if (!this.#hasWork()) return;
    if (forMs === 0) this.wake();
    else this.#timer = setTimeout(() => this.wake(), forMs);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#alert();
  }

  /**
   * Sends the steps of these groups within the current task, because the page unloads: it waits for neither the disk
   * nor the tab lock. Sending a step again later is idempotent. Example: the page deletes a todo while unloading, the
   * next visit deletes it again, gets 404, and counts it as done.
   */
  sendAtOnce(groups: ReadonlySet<string>): void {
    const { store, lastingApi, now, mayTry } = this.#ports;
    if (this.#isStopped || !mayTry()) return;
    const state = release(groups)(store.state());
    const isMeant = ({ entries }: Step) => entries.every(({ group }) => group !== undefined && groups.has(group));
    for (const step of this.#plan(state).steps.filter(isMeant).slice(0, mostAtOnce)) {
      this.#fly(step, this.#applyOutcome(step, send(step, state, lastingApi)));
      void store.update((known) => markAttempted(idsOf(step), now())(known));
    }
  }

  #plan(state = this.#ports.store.state()) {
    return planSteps(state, { now: this.#ports.now(), inFlight: [...this.#flights.keys()] });
  }

  #fly(step: Step, flight: Promise<void>): void {
    const landed = flight.finally(() => this.#flights.delete(step));
    this.#flights.set(step, landed);
  }

  /**
   * Returns whether a step is ready now. Otherwise sets a timer for the next one: a retry due in 8 s sets an 8 s
   * timer.
   */
  #hasWork(): boolean {
    clearTimeout(this.#timer);
    if (this.#isStopped || !this.#ports.mayTry()) return false;
    const { steps, wakeAt, unread } = this.#plan();
    if (steps.length > 0) return true;
    if (unread.length > 0) this.#ports.onUnread(unread);
    if (wakeAt !== undefined)
      this.#timer = setTimeout(() => this.wake(), Math.min(longestTimerMs, Math.max(1, wakeAt - this.#ports.now())));
    return false;
  }

  async #drain(): Promise<void> {
    const { store, now } = this.#ports;
    while (!this.#isStopped && this.#ports.mayTry()) {
      const alerted = new Promise<void>((resolve) => {
        this.#alert = resolve;
      });
      if (compact(now())(store.state()) !== store.state()) await store.update(compact(now()));
      const { steps } = this.#plan();
      for (const step of steps.slice(0, Math.max(0, lanes - this.#flights.size))) this.#fly(step, this.#send(step));
      if (this.#flights.size === 0) return;
      await Promise.race([alerted, ...this.#flights.values()]);
    }
    await Promise.all(this.#flights.values());
  }

  async #send(step: Step): Promise<void> {
    const { store, api, now } = this.#ports;
    const ids = idsOf(step);
    const state = await store.update(markAttempted(ids, now()));
    const entries = state.outbox.filter(({ id }) => ids.has(id));
    // The user undid the change, or another tab has sent it. Skip the step if any of its entries is gone: of three
    // entries, one was undone, so the other two are planned again.
    if (entries.length < ids.size) return;
    await this.#applyOutcome({ ...step, entries }, send({ ...step, entries }, state, api));
  }

  async #applyOutcome(step: Step, sent: Promise<Outcome>): Promise<void> {
    const { store, now, onSent } = this.#ports;
    const outcome = await sent;
    await store.update(applyOutcome(step, outcome, { now: now(), random: Math.random() }));
    if (outcome.type !== "silence") onSent();
  }
}

const idsOf = ({ entries }: Step): Set<string> => new Set(entries.map(({ id }) => id));
