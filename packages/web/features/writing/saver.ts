import type { Post } from "@daybook/core/post/post";
import { isProblem } from "../../lib/problem-words.ts";
import { knownOf } from "./draft.ts";
import { begin, isStuck, isUnsaved, type Kept, nextRequest, type Outcome, received, settle } from "./saving.ts";
import { outcomeOfError, read, type SaveApi, send } from "./send.ts";

/** What a saver needs of the post and the world around it. */
export interface SaverPorts {
  readonly api: SaveApi;
  /** The post, while it may be sent from here. */
  kept(): Kept | undefined;
  keep(change: (kept: Kept) => Kept): void;
  onChange(): void;
  isOnline(): boolean;
  isAllowed(): boolean;
  /** Milliseconds since the epoch. */
  now(): number;
  random(): number;
}

/** So long after the last keystroke something is sent, and so long after the first at the latest. */
const pauseMs = 1000;
const longestPauseMs = 5000;

/** Sends one post to the API, one request at a time: after a pause, and again after failures. */
export class Saver {
  readonly #ports: SaverPorts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;
  /** The requests that are on their way, one after the other. */
  #work: Promise<unknown> = Promise.resolve();
  #isSending = false;
  /** When what is typed now is sent. */
  #dueAt: number | undefined;
  #firstEditAt: number | undefined;

  constructor(ports: SaverPorts) {
    this.#ports = ports;
  }

  /** Something was typed. */
  edited(): void {
    const now = this.#ports.now();
    this.#firstEditAt ??= now;
    this.#dueAt = Math.min(now + pauseMs, this.#firstEditAt + longestPauseMs);
    this.wake();
  }

  /** There may be something to send, in its time. */
  wake(): void {
    clearTimeout(this.#timer);
    if (this.#isStopped || this.#isSending || !this.#hasWork()) return;
    const at = Math.max(this.#dueAt ?? 0, this.#ports.kept()?.retryAt ?? 0);
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, at - this.#ports.now()));
  }

  /** Sends at once, whatever was to wait. */
  hurry(): void {
    this.#dueAt = undefined;
    const { retryAt } = this.#ports.kept() ?? {};
    if (retryAt !== undefined) this.#ports.keep(({ retryAt: _, ...kept }) => kept);
    this.wake();
  }

  /** Sends at once what can be sent. Never fails; a request that fails is not repeated. */
  async flush(): Promise<void> {
    this.hurry();
    clearTimeout(this.#timer);
    await this.#run();
  }

  /** @see Manuscript.act */
  async act(act: (id: Post["id"], version: number) => Promise<Post>): Promise<boolean> {
    await this.flush();
    return this.#alone(async () => {
      const kept = this.#ports.kept();
      if (!kept?.id || !kept.base || isUnsaved(kept) || isStuck(kept)) return false;
      try {
        const post = await act(kept.id, kept.base.standing.version);
        this.#ports.keep((now) => received(now, knownOf(post)));
        return true;
      } catch (error) {
        if (isProblem(error, "version-conflict")) this.#settle(await read(kept, this.#ports.api));
        else if (outcomeOfError(error).type === "missing") this.#settle({ type: "missing" });
        throw error;
      }
    });
  }

  /** Until nothing is on its way. */
  async rest(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#work;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #hasWork(): boolean {
    const kept = this.#ports.kept();
    return kept !== undefined && this.#ports.isOnline() && this.#ports.isAllowed() && nextRequest(kept) !== undefined;
  }

  async #run(): Promise<void> {
    await this.#alone(async () => {
      while (!this.#isStopped && this.#hasWork()) {
        this.#dueAt = undefined;
        this.#firstEditAt = undefined;
        await this.#sendOnce();
        // What was typed meanwhile waits for its pause, and what failed for its time.
        if (this.#dueAt !== undefined || this.#ports.kept()?.retryAt !== undefined) break;
      }
    });
  }

  async #sendOnce(): Promise<void> {
    const before = this.#ports.kept();
    const request = before && nextRequest(before);
    if (!before || !request) return;
    const kept = begin(before, request);
    this.#ports.keep((now) => begin(now, request));
    this.#settle(await send(kept, request, this.#ports.api));
  }

  #settle(outcome: Outcome): void {
    const moment = { now: this.#ports.now(), random: this.#ports.random() };
    this.#ports.keep((kept) => settle(kept, outcome, moment));
  }

  /** One thing at a time: the version that a request names is that of the answer before. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#work.then(async () => {
      this.#isSending = true;
      this.#ports.onChange();
      try {
        return await work();
      } finally {
        this.#isSending = false;
        this.wake();
      }
    });
    this.#work = next.catch(() => {});
    return next;
  }
}
