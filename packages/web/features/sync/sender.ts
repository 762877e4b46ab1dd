import { attempt, tidy } from "./outbox.ts";
import { planSteps, type Step } from "./plan.ts";
import { type SyncApi, send } from "./send.ts";
import { settle } from "./settle.ts";
import type { Store } from "./store.ts";

/** What a sender needs of the world around it. */
export interface SenderPorts {
  readonly store: Store;
  readonly api: SyncApi;
  /** Runs the work while no other tab runs its own. */
  alone(work: () => Promise<void>): Promise<void>;
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

/** A timer cannot wait longer than this. */
const longestTimerMs = 60 * 60 * 1000;

/** Sends what is in the outbox, in one tab at a time. */
export class Sender {
  readonly #ports: SenderPorts;
  #isRunning = false;
  #isStopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Called when there may be more to do. */
  #alert: () => void = () => {};

  constructor(ports: SenderPorts) {
    this.#ports = ports;
  }

  /** There may be something to send. */
  wake(): void {
    this.#alert();
    if (this.#isRunning || this.#isStopped || !this.#hasWork()) return;
    this.#isRunning = true;
    this.#ports
      .alone(() => this.#drain())
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

  #plan(inFlight: readonly Step[] = []) {
    return planSteps(this.#ports.store.state(), { now: this.#ports.now(), inFlight });
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
    const flights = new Map<Step, Promise<void>>();
    while (!this.#isStopped && this.#ports.mayTry()) {
      const alerted = new Promise<void>((resolve) => {
        this.#alert = resolve;
      });
      if (tidy(now())(store.state()) !== store.state()) await store.update(tidy(now()));
      const { steps } = this.#plan([...flights.keys()]);
      for (const step of steps.slice(0, lanes - flights.size))
        flights.set(
          step,
          this.#send(step).finally(() => flights.delete(step)),
        );
      if (flights.size === 0) return;
      await Promise.race([alerted, ...flights.values()]);
    }
    await Promise.all(flights.values());
  }

  async #send(step: Step): Promise<void> {
    const { store, api, now, onSent } = this.#ports;
    const ids = new Set(step.entries.map(({ id }) => id));
    const state = await store.update(attempt(ids, now()));
    const entries = state.outbox.filter(({ id }) => ids.has(id));
    // It was taken back, or another tab has just sent it.
    if (entries.length < ids.size) return;
    const outcome = await send({ ...step, entries }, state, api);
    await store.update(settle({ ...step, entries }, outcome, { now: now(), random: Math.random() }));
    if (outcome.type !== "silence") onSent();
  }
}
