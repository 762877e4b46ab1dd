import type { Post } from "@daybook/core/post/post";
import * as v from "valibot";
import { type Observable, observable } from "../../../lib/observable.ts";
import { thisMoment } from "../../../lib/offline/back-off.ts";
import { isNewDraftKey } from "../url-state.ts";
import { type Draft, StoredPostId, serverVersionOf } from "./draft.ts";
import { DraftSaver } from "./draft-saver.ts";
import { type OpenDraftPorts, type OpenDraftView, type Role, statusOf } from "./open-draft-view.ts";
import { outcomeOfError, readPost } from "./save-request.ts";
import {
  applyOutcome,
  applyServerVersion,
  type Decision,
  decide,
  edit,
  isUnsaved,
  type LocalDraft,
  newLocalDraft,
} from "./saving-state.ts";
import { findDraft, putDraft } from "./stored-drafts.ts";
import { TabLock } from "./tab-lock.ts";

/**
 * One draft that is open in this tab. Edits are stored in the browser at once and saved to the API after a debounce.
 */
export class OpenDraft {
  /** The draft key or post id with which it was opened. */
  readonly name: string;
  readonly #ports: OpenDraftPorts;
  readonly #saver: DraftSaver;
  readonly #view: Observable<OpenDraftView>;
  readonly #closing = new AbortController();
  /** A new draft, until its first edit is stored. */
  #fresh: LocalDraft | undefined;
  #lock: TabLock | undefined;
  #role: Role = "opening";
  #failure: unknown;

  constructor(name: string, ports: OpenDraftPorts) {
    this.name = name;
    this.#ports = ports;
    this.#saver = new DraftSaver({
      api: ports.api,
      localDraft: () => (this.#role === "writing" ? this.#localDraft() : undefined),
      keep: (change) => this.#keep(change),
      mayTry: () => ports.isOnline() && ports.isAllowed(),
    });
    this.#view = observable(this.#look());
    this.#closing.signal.addEventListener(
      "abort",
      ports.store.subscribe(() => this.#changed()),
    );
    void this.#takeTurns();
  }

  readonly view = (): OpenDraftView => this.#view.get();
  readonly subscribe = (listener: () => void): (() => void) => this.#view.subscribe(listener);

  /** Changes the draft. Ignored while another tab writes. */
  readonly edit = (change: Partial<Draft>): void => {
    if (this.#role !== "writing" || !this.#localDraft()) return;
    this.#keep((localDraft) => edit(localDraft, change, Date.now()));
    this.#saver.edited();
  };

  /** Applies the author's decision on a conflict and saves. */
  readonly decide = (decision: Decision): void => {
    this.#keep((localDraft) => decide(localDraft, decision, Date.now()));
    this.#saver.sendNow();
  };

  /**
   * Saves the draft, then runs another operation on the post, such as publishing it.
   * @param act gets the id of the post and the version for `If-Match`
   * @returns whether `act` ran; false if unsaved changes remain, for example because of a conflict
   * @throws errors of `act`; on a version conflict, the newer version is first merged into the draft
   */
  act(act: (id: Post["id"], version: number) => Promise<Post>): Promise<boolean> {
    return this.#saver.act(act);
  }

  /**
   * Fetches the post and merges a newer version: version 4 replaces version 3 on focus. Does nothing while another tab
   * writes or the draft has a problem.
   */
  async reload(): Promise<void> {
    const localDraft = this.#localDraft();
    if (this.#role !== "writing" || !localDraft?.id || localDraft.trouble) return;
    const outcome = await readPost(localDraft, this.#ports.api);
    if (outcome.type === "missing") this.#keep((now) => applyOutcome(now, outcome, thisMoment()));
    // Keep the retry delay, which the API may have asked for: a save due in 30 s is not sent earlier.
    if (outcome.type === "newer") this.#keep((now) => applyServerVersion(now, outcome.known));
    this.#saver.wake();
  }

  /** Retries now. Call it when the network or the session returns, or on the user's request. */
  retry(): void {
    this.#saver.sendNow();
    if (this.#failure !== undefined) void this.#load();
    this.#changed();
  }

  /** Asks the tab that writes this draft to release its lock. */
  takeOver(): void {
    if (this.#role === "following") this.#lock?.request();
  }

  /** Saves what can be saved. Never rejects. */
  flush(): Promise<void> {
    return this.#saver.flush();
  }

  isUnsaved(): boolean {
    const localDraft = this.#localDraft();
    return localDraft !== undefined && isUnsaved(localDraft);
  }

  /** Closes the draft and releases its lock. Unsaved changes stay in this browser. Nothing is written any more. */
  close(): void {
    this.#closing.abort();
    this.#saver.stop();
  }

  #localDraft = (): LocalDraft | undefined => findDraft(this.#ports.store.state(), this.name) ?? this.#fresh;

  /**
   * Writes while this tab holds the lock, and follows otherwise. Example: tab 1 writes and tab 2 follows. When tab 1
   * closes, tab 2 gets the lock and writes.
   */
  async #takeTurns(): Promise<void> {
    await this.#ports.store.loaded();
    const { signal } = this.#closing;
    this.#lock = new TabLock(this.#ports.channel, this.#localDraft()?.key ?? this.name);
    await this.#lock.takeTurns((isOver) => this.#write(isOver), { signal, onWait: () => this.#become("following") });
  }

  async #write(isOver: Promise<void>): Promise<void> {
    if (this.#closing.signal.aborted) return;
    // Read the last edits of the tab that held the lock before.
    await this.#ports.store.reread();
    if (isNewDraftKey(this.name)) this.#fresh ??= newLocalDraft(this.name, Date.now());
    this.#become("writing");
    await this.#load();
    this.#saver.wake();
    await isOver;
    this.#become("following");
    await this.#saver.idle();
    // Wait until all edits are stored before another tab gets the lock.
    await this.#ports.store.update((state) => state);
  }

  /** Loads the post from the API, if it has one. */
  async #load(): Promise<void> {
    if (this.#localDraft()) return this.reload();
    const { api, store } = this.#ports;
    try {
      const { data } = await api.getMyPost({ params: { postId: v.parse(StoredPostId, this.name) } });
      const base = serverVersionOf(data);
      const localDraft = { ...newLocalDraft(this.name, Date.now(), base.draft), id: data.id, base };
      if (!this.#localDraft() && !this.#closing.signal.aborted) store.write(putDraft(localDraft));
      this.#failure = undefined;
    } catch (error) {
      this.#failure = outcomeOfError(error).type === "missing" ? "missing" : error;
    }
    this.#changed();
  }

  #keep(change: (localDraft: LocalDraft) => LocalDraft): void {
    // Ignore answers after closing. The stored `sending` identifies the request when the draft is opened again.
    // Example: "B" was sent, the tab closed, and the next visit finds "B" on the server without a conflict.
    if (this.#closing.signal.aborted) return;
    const before = this.#localDraft();
    const localDraft = before && change(before);
    if (localDraft && localDraft !== before) this.#ports.store.write(putDraft(localDraft));
  }

  #become(role: Role): void {
    this.#role = role;
    this.#changed();
  }

  #look(): OpenDraftView {
    const localDraft = this.#localDraft();
    return {
      role: this.#role,
      localDraft,
      failure: this.#failure,
      status: statusOf(localDraft, this.#ports.isOnline()),
      durable: this.#ports.store.isDurable(),
    };
  }

  #changed(): void {
    this.#view.set(this.#look());
  }
}
