import type { Store } from "../store/store.ts";
import { applyOutcome } from "./apply-outcome.ts";
import { compact, markAttempted, release } from "./outbox.ts";
import { planSteps, type Step } from "./send-plan.ts";
import { type Outcome, type SyncApi, send } from "./send-step.ts";

/** Dependencies of the outbox sender. */
export interface OutboxSenderPorts {
  readonly store: Store;
  readonly api: SyncApi;
  /** The same for what must arrive although the page goes. */
  readonly lastingApi: SyncApi;
  /** Runs the work while no other tab runs its own. */
  withTabLock(work: () => Promise<void>): Promise<void>;
  /** Whether there is any sense in sending now. */
  mayTry(): boolean;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Something has arrived: what is known of it is out of date. */
  onSent(): void;
  /** Changes wait until these lists have been read. */
  onUnread(listIds: readonly string[]): void;
}

/** So many requests are on their way at the same time, at most. */
const lanes = 4;

/** How soon to try again where the browser did not let us try. */
const lockedOutMs = 5000;

/** So many requests leave at once when the page goes: browsers limit what may outlive a page. The rest is sent by the next visit. */
const mostAtOnce = 50;

/** A timer cannot wait longer than this. */
const longestTimerMs = 60 * 60 * 1000;

/** Sends what is in the outbox, in one tab at a time. */
export class OutboxSender {
  readonly #ports: OutboxSenderPorts;
  #isRunning = false;
  #isStopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What is on its way. */
  readonly #flights = new Map<Step, Promise<void>>();
  /** Called when there may be more to do. */
  #alert: () => void = () => {};

  constructor(ports: OutboxSenderPorts) {
    this.#ports = ports;
  }

  /** There may be something to send. */
  wake(): void {
    this.#alert();
    if (this.#isRunning || this.#isStopped || !this.#hasWork()) return;
    this.#isRunning = true;
    this.#ports
      .withTabLock(() => this.#drain())
      .then(
        () => this.#rest(),
        // The browser did not grant the lock: it is going away, or it will the next time.
        () => this.#rest(lockedOutMs),
      );
  }

  /** What came while this tab let go would otherwise wait for the next change. */
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
   * Sends what these groups hold in this very task, without waiting for the disk or other tabs: the page goes. Sending it again later is
   * harmless.
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

  /** Whether something can be sent now. If it can be later, sets a timer. */
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
    // It was taken back, or another tab has just sent it.
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
