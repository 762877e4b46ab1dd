interface TurnOptions {
  /** Ends the current turn and takes no further one. */
  readonly signal: AbortSignal;
  /** Called when another tab holds the lock. */
  onWait(): void;
}

/** A lock that one tab of this browser holds at a time (Web Locks), and a channel on which other tabs ask for it. */
export class TabLock {
  readonly #key: string;
  readonly #name: string;
  readonly #requests: BroadcastChannel;
  /** Ends the current turn of this tab. */
  #giveWay = () => {};

  /** @param channel shared by several locks, which differ by `key` */
  constructor(channel: string, key: string) {
    this.#key = key;
    this.#name = `${channel}.${key}`;
    this.#requests = new BroadcastChannel(channel);
    this.#requests.addEventListener("message", ({ data }) => {
      if (data.type === "give-way" && data.key === key) this.#giveWay();
    });
  }

  /** Asks the tab that holds the lock to end its turn. */
  request(): void {
    this.#requests.postMessage({ type: "give-way", key: this.#key });
  }

  /**
   * Runs `work` whenever this tab gets the lock, until the signal. `work` must end soon after `isOver` resolves,
   * because another tab waits then. Example: tab 2 waits until tab 1 is closed, or until tab 2 calls `request`.
   */
  async takeTurns(work: (isOver: Promise<void>) => Promise<void>, { signal, onWait }: TurnOptions): Promise<void> {
    signal.addEventListener("abort", () => this.#giveWay());
    while (!signal.aborted) {
      const isOver = new Promise<void>((resolve) => {
        this.#giveWay = resolve;
      });
      const run = async (granted: Lock | null) => {
        if (granted) await work(isOver);
        return granted !== null;
      };
      try {
        if (await navigator.locks.request(this.#name, { ifAvailable: true }, run)) continue;
        onWait();
        await navigator.locks.request(this.#name, { signal }, run);
      } catch {
        // The page unloads, or the browser refuses locks. In the second case, assume that this is the only tab.
        if (!signal.aborted) await work(isOver);
      }
    }
    this.#requests.close();
  }
}
