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

/** One draft that is open in this tab. Edits are stored in the browser at once and saved to the API after a pause. */
export class OpenDraft {
  /** The key or the id that it was asked for. */
  readonly name: string;
  readonly #ports: OpenDraftPorts;
  readonly #saver: DraftSaver;
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  #localDraft: LocalDraft | undefined;
  #role: Role = "opening";
  #failure: unknown;
  #view: OpenDraftView;
  /** Ends this tab's turn to write. */
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

  /** Changes what the author has; nothing happens while another tab writes. */
  edit(change: Partial<Draft>): void {
    if (this.#role !== "writing" || !this.#localDraft) return;
    this.#keep((localDraft) => edit(localDraft, change, this.#ports.now()));
    this.#saver.edited();
  }

  /** The author decides between two versions. */
  decide(decision: Decision): void {
    this.#keep((localDraft) => decide(localDraft, decision, this.#ports.now()));
    this.#saver.sendNow();
  }

  /**
   * Saves everything, and then does something else with the post, such as publishing it.
   * @param act gets the post's id and the version to be named in If-Match
   * @returns whether it was done; not when something is unsaved that only the author can help with
   * @throws what `act` throws; a newer version elsewhere is taken over before, for the author to see
   */
  async act(act: (id: Post["id"], version: number) => Promise<Post>): Promise<boolean> {
    return this.#saver.act(act);
  }

  /** Asks the API how the post is now, unless this tab is busy changing it. */
  async reload(): Promise<void> {
    const localDraft = this.#localDraft;
    if (this.#role !== "writing" || !localDraft?.id || localDraft.trouble) return;
    const outcome = await readPost(localDraft, this.#ports.api);
    if (outcome.type === "missing") this.#keep((now) => applyOutcome(now, outcome, this.#moment()));
    if (outcome.type === "newer") this.#keep((now) => applyServerVersion(now, outcome.known));
    this.#saver.wake();
  }

  /** There is a network, a session, or somebody who does not want to wait. */
  retry(): void {
    this.#saver.sendNow();
    if (this.#failure !== undefined) void this.#load();
    this.#changed();
  }

  /** Asks to write here, where another tab does so now. */
  takeOver(): void {
    if (this.#role === "following" && this.#localDraft)
      this.#ports.broadcast({ type: "give-way", key: this.#localDraft.key });
  }

  /** What another tab says. */
  onMessage({ type, key }: DraftMessage): void {
    if (key !== this.#localDraft?.key && key !== this.name) return;
    if (type === "give-way") this.#giveWay();
    else if (this.#role === "following") void this.#read();
  }

  /** Saves what can be saved. @returns whether the API has everything */
  async flush(): Promise<boolean> {
    await this.#saver.flush();
    return !this.isUnsaved();
  }

  isUnsaved = (): boolean => this.#localDraft !== undefined && isUnsaved(this.#localDraft);

  /** Puts it away. What is unsaved stays in this browser. */
  close(): void {
    this.#closing.abort();
    this.#giveWay();
    this.#saver.stop();
  }

  /** Puts it away for good: nothing of it is written any more. */
  drop(): void {
    this.close();
    this.#localDraft = undefined;
  }

  /** Writes while no other tab does, and follows while one does. */
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
        // The page goes, or the browser grants no locks: then this tab is taken to be the only one.
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
    // All edits of this turn are in the store before another tab gets the lock.
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

  /** Reads the post from the API, as far as it has one. */
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
    // An answer that comes after it was put away is found again with what was sent.
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
