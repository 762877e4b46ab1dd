import type { Post } from "@daybook/core/post/post";
import { isProblem } from "../../../lib/problem-words.ts";
import { serverVersionOf } from "./draft.ts";
import { outcomeOfError, readPost, type SaveApi, sendSaveRequest } from "./save-request.ts";
import {
  applyOutcome,
  applyServerVersion,
  isStuck,
  isUnsaved,
  type LocalDraft,
  markSending,
  nextRequest,
  type Outcome,
} from "./saving-state.ts";

/** Dependencies of a draft saver. */
export interface DraftSaverPorts {
  readonly api: SaveApi;
  /** The draft, while this tab may send it. */
  localDraft(): LocalDraft | undefined;
  keep(change: (localDraft: LocalDraft) => LocalDraft): void;
  onChange(): void;
  isOnline(): boolean;
  isAllowed(): boolean;
  /** Milliseconds since the epoch. */
  now(): number;
  random(): number;
}

/**
 * Debounce: send this long after the last keystroke, but at most `longestPauseMs` after the first unsent one. Example:
 * with a key every 500 ms from 0 s on, the draft is sent at 5 s. Milliseconds.
 */
const pauseMs = 1000;
const longestPauseMs = 5000;

/** Saves one draft to the API, one request at a time. Debounces edits and retries failures with back-off. */
export class DraftSaver {
  readonly #ports: DraftSaverPorts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;
  /** Resolves when all queued requests have finished. Requests run one after another. */
  #work: Promise<unknown> = Promise.resolve();
  #isSending = false;
  /** When the latest edit is due to be sent. Milliseconds since the epoch. */
  #dueAt: number | undefined;
  #firstEditAt: number | undefined;

  constructor(ports: DraftSaverPorts) {
    this.#ports = ports;
  }

  /** Schedules a save after an edit. */
  edited(): void {
    const now = this.#ports.now();
    this.#firstEditAt ??= now;
    this.#dueAt = Math.min(now + pauseMs, this.#firstEditAt + longestPauseMs);
    this.wake();
  }

  /** Schedules the next request, if there is one. Safe to call at any time. */
  wake(): void {
    clearTimeout(this.#timer);
    if (this.#isStopped || this.#isSending || !this.#hasWork()) return;
    const at = Math.max(this.#dueAt ?? 0, this.#ports.localDraft()?.retryAt ?? 0);
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, at - this.#ports.now()));
  }

  /** Sends now. Skips the debounce and the retry delay: a retry due in 40 s is sent at once. */
  sendNow(): void {
    this.#dueAt = undefined;
    const { retryAt } = this.#ports.localDraft() ?? {};
    if (retryAt !== undefined) this.#ports.keep(({ retryAt: _, ...localDraft }) => localDraft);
    this.wake();
  }

  /**
   * Sends now and waits for the answers. Never rejects. Does not retry a failed request: after a 503, the draft stays
   * unsaved and is retried later.
   */
  async flush(): Promise<void> {
    this.sendNow();
    clearTimeout(this.#timer);
    await this.#run();
  }

  /** @see OpenDraft.act */
  async act(act: (id: Post["id"], version: number) => Promise<Post>): Promise<boolean> {
    await this.flush();
    return this.#inTurn(async () => {
      const localDraft = this.#ports.localDraft();
      if (!localDraft?.id || !localDraft.base || isUnsaved(localDraft) || isStuck(localDraft)) return false;
      try {
        const post = await act(localDraft.id, localDraft.base.standing.version);
        this.#ports.keep((now) => applyServerVersion(now, serverVersionOf(post)));
        return true;
      } catch (error) {
        if (isProblem(error, "version-conflict")) this.#applyOutcome(await readPost(localDraft, this.#ports.api));
        else if (outcomeOfError(error).type === "missing") this.#applyOutcome({ type: "missing" });
        throw error;
      }
    });
  }

  /** Resolves when no request is pending. */
  async idle(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#work;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #hasWork(): boolean {
    const localDraft = this.#ports.localDraft();
    return (
      localDraft !== undefined &&
      this.#ports.isOnline() &&
      this.#ports.isAllowed() &&
      nextRequest(localDraft) !== undefined
    );
  }

  async #run(): Promise<void> {
    await this.#inTurn(async () => {
      while (!this.#isStopped && this.#hasWork()) {
        this.#dueAt = undefined;
        this.#firstEditAt = undefined;
        await this.#sendOnce();
        // Edits made meanwhile wait for their debounce. A failed request waits for its back-off. Example: a key typed
        // during the request is sent one second after it was typed.
        if (this.#dueAt !== undefined || this.#ports.localDraft()?.retryAt !== undefined) break;
      }
    });
  }

  async #sendOnce(): Promise<void> {
    const before = this.#ports.localDraft();
    const request = before && nextRequest(before);
    if (!before || !request) return;
    const localDraft = markSending(before, request);
    this.#ports.keep((now) => markSending(now, request));
    this.#applyOutcome(await sendSaveRequest(localDraft, request, this.#ports.api));
  }

  #applyOutcome(outcome: Outcome): void {
    const moment = { now: this.#ports.now(), random: this.#ports.random() };
    this.#ports.keep((localDraft) => applyOutcome(localDraft, outcome, moment));
  }

  /**
   * Runs one request at a time, because each request names the version from the previous answer. Example: saving
   * version 3 gives version 4, which the next save names in `If-Match`.
   */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
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
