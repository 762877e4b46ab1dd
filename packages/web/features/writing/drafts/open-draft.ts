import type { Post } from "@daybook/core/post/post";
import * as v from "valibot";
import { isNewDraftKey } from "../url-state.ts";
import { type Draft, StoredPostId, serverVersionOf } from "./draft.ts";
import { DraftSaver } from "./draft-saver.ts";
import { type DraftMessage, type OpenDraftPorts, type OpenDraftView, type Role, statusOf } from "./open-draft-view.ts";
import { outcomeOfError, readPost } from "./save-request.ts";
import {
  applyOutcome,
  applyServerVersion,
  conflictsOf,
  type Decision,
  decide,
  edit,
  isUnsaved,
  type LocalDraft,
  localDraftOf,
  newLocalDraft,
} from "./saving-state.ts";

/**
 * One draft that is open in this tab. Edits are stored in the browser at once and saved to the API after a debounce.
 */
export class OpenDraft {
  /** The draft key or post id with which it was opened. */
  readonly name: string;
  readonly #ports: OpenDraftPorts;
  readonly #saver: DraftSaver;
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  #localDraft: LocalDraft | undefined;
  #role: Role = "opening";
  #failure: unknown;
  #view: OpenDraftView;
  /** Releases the tab lock. */
  #giveWay: () => void = () => {};

  constructor(name: string, ports: OpenDraftPorts) {
    this.name = name;
    this.#ports = ports;
    this.#saver = new DraftSaver({
      ...ports,
      localDraft: () => (this.#role === "writing" ? this.#localDraft : undefined),
      keep: (change) => this.#keep(change),
      onChange: () => this.#changed(),
    });
    this.#view = this.#look();
    void this.#takeTurns();
  }

  readonly view = (): OpenDraftView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes the draft. Ignored while another tab writes. */
  edit(change: Partial<Draft>): void {
    if (this.#role !== "writing" || !this.#localDraft) return;
    this.#keep((localDraft) => edit(localDraft, change, this.#ports.now()));
    this.#saver.edited();
  }

  /** Applies the author's decision on a conflict and saves. */
  decide(decision: Decision): void {
    this.#keep((localDraft) => decide(localDraft, decision, this.#ports.now()));
    this.#saver.sendNow();
  }

  /**
   * Saves the draft, then runs another operation on the post, such as publishing it.
   * @param act gets the id of the post and the version for `If-Match`
   * @returns whether `act` ran; false if unsaved changes remain, for example because of a conflict
   * @throws errors of `act`; on a version conflict, the newer version is first merged into the draft
   */
  async act(act: (id: Post["id"], version: number) => Promise<Post>): Promise<boolean> {
    return this.#saver.act(act);
  }

  /**
   * Fetches the post and merges a newer version: version 4 replaces version 3 on focus. Does nothing while another tab
   * writes or the draft has a problem.
   */
  async reload(): Promise<void> {
    const localDraft = this.#localDraft;
    if (this.#role !== "writing" || !localDraft?.id || localDraft.trouble) return;
    const outcome = await readPost(localDraft, this.#ports.api);
    if (outcome.type === "missing") this.#keep((now) => applyOutcome(now, outcome, this.#moment()));
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
    if (this.#role === "following" && this.#localDraft)
      this.#ports.broadcast({ type: "give-way", key: this.#localDraft.key });
  }

  /** Handles a message from another tab. */
  onMessage({ type, key }: DraftMessage): void {
    if (key !== this.#localDraft?.key && key !== this.name) return;
    if (type === "give-way") this.#giveWay();
    else if (this.#role === "following") void this.#read();
  }

  /**
   * Saves what can be saved.
   * @returns whether the API has everything
   */
  async flush(): Promise<boolean> {
    await this.#saver.flush();
    return !this.isUnsaved();
  }

  isUnsaved = (): boolean => this.#localDraft !== undefined && isUnsaved(this.#localDraft);

  /** Closes the draft and releases its lock. Unsaved changes stay in this browser. */
  close(): void {
    this.#closing.abort();
    this.#giveWay();
    this.#saver.stop();
  }

  /** Closes the draft for good. Nothing is written any more. */
  drop(): void {
    this.close();
    this.#localDraft = undefined;
  }

  /**
   * Writes while this tab holds the lock, and follows otherwise. Example: tab 1 writes and tab 2 follows. When tab 1
   * closes, tab 2 gets the lock and writes.
   */
  async #takeTurns(): Promise<void> {
    const { signal } = this.#closing;
    const first = await this.#ports.store.find(this.name);
    const lock = first?.key ?? this.name;
    while (!signal.aborted) {
      const turn = new Promise<void>((resolve) => {
        this.#giveWay = resolve;
      });
      const onWait = () => {
        this.#become("following");
        void this.#read();
      };
      try {
        await this.#ports.withTabLock(lock, () => this.#write(turn), { signal, onWait });
      } catch {
        // The page unloads, or the browser refuses locks. In the second case, assume that this is the only tab, and
        // write.
        if (signal.aborted) return;
        await this.#write(turn);
      }
    }
  }

  async #write(turn: Promise<void>): Promise<void> {
    if (this.#closing.signal.aborted) return;
    await this.#read();
    if (!this.#localDraft && isNewDraftKey(this.name)) this.#localDraft = newLocalDraft(this.name, this.#ports.now());
    this.#become("writing");
    await this.#load();
    this.#saver.wake();
    await turn;
    // Store all edits before another tab gets the lock.
    this.#become("following");
    await this.#saver.idle();
    if (this.#localDraft && (this.#localDraft.id || isUnsaved(this.#localDraft)))
      await this.#ports.store.put(this.#localDraft);
  }

  async #read(): Promise<void> {
    const stored = await this.#ports.store.find(this.name);
    if (stored) this.#localDraft = stored;
    this.#changed();
  }

  /** Loads the post from the API, if it has one. */
  async #load(): Promise<void> {
    if (this.#localDraft) return this.reload();
    try {
      const { data } = await this.#ports.api.getMyPost({ params: { postId: v.parse(StoredPostId, this.name) } });
      if (!this.#localDraft)
        this.#keep(() => localDraftOf(this.name, serverVersionOf(data), data.id, this.#ports.now()));
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
    const before = this.#localDraft ?? newLocalDraft(this.name, this.#ports.now());
    const localDraft = change(before);
    if (localDraft === this.#localDraft) return;
    this.#localDraft = localDraft;
    void this.#ports.store.put(localDraft).then(() => {
      if (this.#localDraft === localDraft) this.#ports.broadcast({ type: "kept", key: localDraft.key });
    });
    this.#changed();
  }

  #moment = () => ({ now: this.#ports.now(), random: this.#ports.random() });

  #become(role: Role): void {
    this.#role = role;
    this.#changed();
  }

  #look(): OpenDraftView {
    const localDraft = this.#localDraft;
    const conflicts = localDraft?.theirs ? conflictsOf(localDraft, localDraft.theirs) : [];
    return {
      role: this.#role,
      localDraft,
      failure: this.#failure,
      status: statusOf(localDraft, this.#ports.isOnline()),
      conflicts,
      durable: this.#ports.store.isDurable(),
    };
  }

  #changed(): void {
    this.#view = this.#look();
    for (const listener of [...this.#listeners]) listener();
  }
}
