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
  /** The post, while it may be sent from here. */
  localDraft(): LocalDraft | undefined;
  keep(change: (localDraft: LocalDraft) => LocalDraft): void;
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
export class DraftSaver {
  readonly #ports: DraftSaverPorts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;
  /** The requests that are on their way, one after the other. */
  #work: Promise<unknown> = Promise.resolve();
  #isSending = false;
  /** When what is typed now is sent. */
  #dueAt: number | undefined;
  #firstEditAt: number | undefined;

  constructor(ports: DraftSaverPorts) {
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
    const at = Math.max(this.#dueAt ?? 0, this.#ports.localDraft()?.retryAt ?? 0);
    this.#timer = setTimeout(() => void this.#run(), Math.max(0, at - this.#ports.now()));
  }

  /** Sends at once, whatever was to wait. */
  sendNow(): void {
    this.#dueAt = undefined;
    const { retryAt } = this.#ports.localDraft() ?? {};
    if (retryAt !== undefined) this.#ports.keep(({ retryAt: _, ...localDraft }) => localDraft);
    this.wake();
  }

  /** Sends at once what can be sent. Never fails; a request that fails is not repeated. */
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

  /** Until nothing is on its way. */
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
        // What was typed meanwhile waits for its pause, and what failed for its time.
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

  /** Runs one request at a time: each request names the version from the previous answer. */
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
