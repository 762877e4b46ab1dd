import type { Post } from "@daybook/core/post/post";
import { thisMoment } from "../../../lib/offline/back-off.ts";
import { Sender } from "../../../lib/offline/sender.ts";
import { isProblem } from "../../../lib/problem-words.ts";
import { serverVersionOf } from "./draft.ts";
import { outcomeOfError, readPost, type SaveApi, sendSaveRequest } from "./save-request.ts";
import {
  applyOutcome,
  isStuck,
  isUnsaved,
  type LocalDraft,
  markSending,
  nextRequest,
  type Outcome,
  type SaveRequest,
} from "./saving-state.ts";

/** Dependencies of a draft saver. */
export interface DraftSaverPorts {
  readonly api: SaveApi;
  /** The draft, while this tab may send it. */
  localDraft(): LocalDraft | undefined;
  keep(change: (localDraft: LocalDraft) => LocalDraft): void;
  /** Whether sending can succeed now: online and signed in. */
  mayTry(): boolean;
}

/**
 * Debounce: send this long after the last keystroke, but at most `longestPauseMs` after the first unsent one. Example:
 * with a key every 500 ms from 0 s on, the draft is sent at 5 s. Milliseconds.
 */
const pauseMs = 1000;
const longestPauseMs = 5000;

/**
 * Saves one draft to the API. One request at a time, because each names the version from the previous answer: saving
 * version 3 gives version 4, which the next save names in `If-Match`.
 */
export class DraftSaver {
  readonly #ports: DraftSaverPorts;
  readonly #sender: Sender<SaveRequest>;
  /** When the latest edit is due to be sent. Milliseconds since the epoch. */
  #dueAt = 0;
  #firstEditAt: number | undefined;
  /** The running operation of `act`, during which nothing is saved. */
  #acting: Promise<unknown> | undefined;

  constructor(ports: DraftSaverPorts) {
    this.#ports = ports;
    this.#sender = new Sender({
      plan: () => this.#plan(),
      send: (request) => this.#send(request),
      mayTry: () => !this.#acting && ports.mayTry(),
      lanes: 1,
    });
  }

  /** Schedules a save after an edit. */
  edited(): void {
    const now = Date.now();
    this.#firstEditAt ??= now;
    this.#dueAt = Math.min(now + pauseMs, this.#firstEditAt + longestPauseMs);
    this.wake();
  }

  /** Schedules the next request, if there is one. Safe to call at any time. */
  wake(): void {
    this.#sender.wake();
  }

  /** Sends now. Skips the debounce and the retry delay: a retry due in 40 s is sent at once. */
  sendNow(): void {
    this.#dueAt = 0;
    if (this.#ports.localDraft()?.retryAt !== undefined)
      this.#ports.keep(({ retryAt: _, ...localDraft }) => localDraft);
    this.wake();
  }

  /**
   * Sends now and waits for the answers. Never rejects. Does not retry a failed request: after a 503, the draft stays
   * unsaved and is retried later.
   */
  async flush(): Promise<void> {
    this.sendNow();
    await this.idle();
  }

  /** @see OpenDraft.act */
  async act(act: (id: Post["id"], version: number) => Promise<Post>): Promise<boolean> {
    await this.flush();
    const localDraft = this.#ports.localDraft();
    if (!localDraft?.id || !localDraft.base || isUnsaved(localDraft) || isStuck(localDraft)) return false;
    const acting = act(localDraft.id, localDraft.base.standing.version);
    this.#acting = acting.catch(() => {});
    try {
      this.#applyOutcome({ type: "newer", known: serverVersionOf(await acting) });
      return true;
    } catch (error) {
      if (isProblem(error, "version-conflict")) this.#applyOutcome(await readPost(localDraft, this.#ports.api));
      else if (outcomeOfError(error).type === "missing") this.#applyOutcome({ type: "missing" });
      throw error;
    } finally {
      this.#acting = undefined;
      this.wake();
    }
  }

  /** Resolves when no request is pending. */
  async idle(): Promise<void> {
    await Promise.all([this.#acting, this.#sender.idle()]);
  }

  stop(): void {
    this.#sender.stop();
  }

  #plan() {
    const localDraft = this.#ports.localDraft();
    const request = localDraft && nextRequest(localDraft);
    const wakeAt = Math.max(this.#dueAt, localDraft?.retryAt ?? 0);
    return {
      jobs: request && wakeAt <= Date.now() ? [request] : [],
      wakeAt: request ? wakeAt : Number.POSITIVE_INFINITY,
    };
  }

  async #send(request: SaveRequest): Promise<void> {
    this.#firstEditAt = undefined;
    this.#ports.keep((now) => markSending(now, request));
    const localDraft = this.#ports.localDraft();
    if (localDraft) this.#applyOutcome(await sendSaveRequest(localDraft, request, this.#ports.api));
  }

  #applyOutcome(outcome: Outcome): void {
    this.#ports.keep((localDraft) => applyOutcome(localDraft, outcome, thisMoment()));
  }
}
