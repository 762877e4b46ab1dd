/** Jobs that can be sent now, and when the next one becomes ready. */
interface Plan<Job> {
  readonly jobs: readonly Job[];
  /** Milliseconds since the epoch. Infinite if there is none. */
  readonly wakeAt: number;
}

/** Dependencies of a sender. */
export interface SenderPorts<Job> {
  /** Returns the next jobs. @param inFlight the jobs without an outcome yet */
  plan(inFlight: readonly Job[]): Plan<Job>;
  /** Sends a job and stores its outcome. Must not reject. */
  send(job: Job): Promise<void>;
  /** Whether sending can succeed now: online and signed in. */
  mayTry(): boolean;
  /** Maximum number of parallel requests. Example: of ten ready jobs, four are sent and six wait for a free lane. */
  readonly lanes: number;
  /** Runs before each plan, while this tab sends. */
  prepare?(): Promise<void>;
  /**
   * Runs the work while this tab holds a lock, so that only one tab sends at a time. Example: with two tabs open, tab 2
   * waits until tab 1 has sent everything or is closed.
   */
  withLock?(work: () => Promise<void>): Promise<void>;
}

/** Delay before the next try after the browser refused the lock. Milliseconds. */
const lockedOutMs = 5000;

/** Maximum timer delay: one hour. A retry in three hours is checked again after one. Milliseconds. */
const longestTimerMs = 60 * 60 * 1000;

/** Sends planned jobs until none is left, and continues when the next one becomes ready. */
export class Sender<Job> {
  readonly #ports: SenderPorts<Job>;
  readonly #flights = new Map<Job, Promise<void>>();
  #isRunning = false;
  /** Resolves when all sending has ended. */
  #run: Promise<void> | undefined;
  #isStopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Ends the wait of `#drain`, so that it plans again. */
  #alert: () => void = () => {};

  constructor(ports: SenderPorts<Job>) {
    this.#ports = ports;
  }

  /** Starts sending if a job is ready. Safe to call at any time. */
  readonly wake = (): void => {
    this.#alert();
    if (this.#isRunning || !this.#hasWork()) return;
    this.#isRunning = true;
    const { withLock = (work) => work() } = this.#ports;
    this.#run = withLock(() => this.#drain()).then(
      () => this.#rest(0),
      // The browser refused the lock, for example because the page unloads.
      () => this.#rest(lockedOutMs),
    );
  };

  /** The jobs without an outcome yet. */
  readonly inFlight = (): readonly Job[] => [...this.#flights.keys()];

  /** Registers a job that was sent by other means, so that it is not sent again meanwhile. */
  fly(job: Job, flight: Promise<void>): void {
    this.#flights.set(
      job,
      flight.finally(() => this.#flights.delete(job)),
    );
  }

  /** Resolves when nothing is being sent. */
  async idle(): Promise<void> {
    while (this.#isRunning) await this.#run;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#alert();
  }

  /**
   * Checks for work again, because a job can arrive while the lock is being released. Example: a todo added after the
   * last plan but before the release would wait for the next change.
   */
  #rest(forMs: number): void {
    this.#isRunning = false;
    if (forMs === 0) this.wake();
    else if (this.#hasWork()) this.#timer = setTimeout(this.wake, forMs);
  }

  #mayTry = (): boolean => !this.#isStopped && this.#ports.mayTry();

  /** Returns whether a job is ready. Otherwise sets a timer for the next one: a retry due in 8 s sets an 8 s timer. */
  #hasWork(): boolean {
    clearTimeout(this.#timer);
    if (!this.#mayTry()) return false;
    const { jobs, wakeAt } = this.#ports.plan(this.inFlight());
    if (jobs.length === 0 && Number.isFinite(wakeAt))
      this.#timer = setTimeout(this.wake, Math.min(longestTimerMs, Math.max(1, wakeAt - Date.now())));
    return jobs.length > 0;
  }

  async #drain(): Promise<void> {
    const { plan, send, lanes, prepare } = this.#ports;
    while (this.#mayTry()) {
      const alerted = new Promise<void>((resolve) => {
        this.#alert = resolve;
      });
      if (prepare) await prepare();
      const free = Math.max(0, lanes - this.#flights.size);
      for (const job of plan(this.inFlight()).jobs.slice(0, free)) this.fly(job, send(job));
      if (this.#flights.size === 0) return;
      await Promise.race([alerted, ...this.#flights.values()]);
    }
    await Promise.all(this.#flights.values());
  }
}
