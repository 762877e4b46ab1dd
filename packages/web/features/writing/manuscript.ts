import type { Post } from "@daybook/core/post/post";
import * as v from "valibot";
import { type Draft, KnownPostId, knownOf } from "./draft.ts";
import { type DeskMessage, type ManuscriptPorts, type ManuscriptView, type Role, statusOf } from "./manuscript-view.ts";
import { isNewKey } from "./place.ts";
import { Saver } from "./saver.ts";
import {
  conflictsOf,
  type Decision,
  decide,
  edit,
  isUnsaved,
  type Kept,
  keptOf,
  newKept,
  received,
  settle,
} from "./saving.ts";
import { outcomeOfError, read } from "./send.ts";

/** One post on the desk of this tab: what is typed is kept at once, and saved to the API after a pause. */
export class Manuscript {
  /** The key or the id that it was asked for. */
  readonly name: string;
  readonly #ports: ManuscriptPorts;
  readonly #saver: Saver;
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  #kept: Kept | undefined;
  #role: Role = "opening";
  #failure: unknown;
  #view: ManuscriptView;
  /** Ends this tab's turn to write. */
  #giveWay: () => void = () => {};

  constructor(name: string, ports: ManuscriptPorts) {
    this.name = name;
    this.#ports = ports;
    this.#saver = new Saver({
      ...ports,
      kept: () => (this.#role === "writing" ? this.#kept : undefined),
      keep: (change) => this.#keep(change),
      onChange: () => this.#changed(),
    });
    this.#view = this.#look();
    void this.#takeTurns();
  }

  readonly view = (): ManuscriptView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes what the author has; nothing happens while another tab writes. */
  edit(change: Partial<Draft>): void {
    if (this.#role !== "writing" || !this.#kept) return;
    this.#keep((kept) => edit(kept, change, this.#ports.now()));
    this.#saver.edited();
  }

  /** The author decides between two versions. */
  decide(decision: Decision): void {
    this.#keep((kept) => decide(kept, decision, this.#ports.now()));
    this.#saver.hurry();
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
    const kept = this.#kept;
    if (this.#role !== "writing" || !kept?.id || kept.trouble) return;
    const outcome = await read(kept, this.#ports.api);
    if (outcome.type === "missing") this.#keep((now) => settle(now, outcome, this.#moment()));
    if (outcome.type === "newer") this.#keep((now) => received(now, outcome.known));
    this.#saver.wake();
  }

  /** There is a network, a session, or somebody who does not want to wait. */
  retry(): void {
    this.#saver.hurry();
    if (this.#failure !== undefined) void this.#load();
    this.#changed();
  }

  /** Asks to write here, where another tab does so now. */
  takeOver(): void {
    if (this.#role === "following" && this.#kept) this.#ports.tell({ type: "give-way", key: this.#kept.key });
  }

  /** What another tab says. */
  hear({ type, key }: DeskMessage): void {
    if (key !== this.#kept?.key && key !== this.name) return;
    if (type === "give-way") this.#giveWay();
    else if (this.#role === "following") void this.#read();
  }

  /** Saves what can be saved. @returns whether the API has everything */
  async flush(): Promise<boolean> {
    await this.#saver.flush();
    return !this.isUnsaved();
  }

  isUnsaved = (): boolean => this.#kept !== undefined && isUnsaved(this.#kept);

  /** Puts it away. What is unsaved stays in this browser. */
  close(): void {
    this.#closing.abort();
    this.#giveWay();
    this.#saver.stop();
  }

  /** Puts it away for good: nothing of it is written any more. */
  drop(): void {
    this.close();
    this.#kept = undefined;
  }

  /** Writes while no other tab does, and follows while one does. */
  async #takeTurns(): Promise<void> {
    const { signal } = this.#closing;
    const first = await this.#ports.shelf.find(this.name);
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
        await this.#ports.alone(lock, () => this.#write(turn), { signal, onWait });
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
    if (!this.#kept && isNewKey(this.name)) this.#kept = newKept(this.name, this.#ports.now());
    this.#become("writing");
    await this.#load();
    this.#saver.wake();
    await turn;
    // Whatever was typed in this turn is on the shelf before another tab takes its own.
    this.#become("following");
    await this.#saver.rest();
    if (this.#kept && (this.#kept.id || isUnsaved(this.#kept))) await this.#ports.shelf.put(this.#kept);
  }

  async #read(): Promise<void> {
    const stored = await this.#ports.shelf.find(this.name);
    if (stored) this.#kept = stored;
    this.#changed();
  }

  /** Reads the post from the API, as far as it has one. */
  async #load(): Promise<void> {
    if (this.#kept) return this.reload();
    try {
      const { data } = await this.#ports.api.getMyPost({ params: { postId: v.parse(KnownPostId, this.name) } });
      if (!this.#kept) this.#keep(() => keptOf(this.name, knownOf(data), data.id, this.#ports.now()));
      this.#failure = undefined;
    } catch (error) {
      this.#failure = outcomeOfError(error).type === "missing" ? "missing" : error;
    }
    this.#changed();
  }

  #keep(change: (kept: Kept) => Kept): void {
    // An answer that comes after it was put away is found again with what was sent.
    if (this.#closing.signal.aborted) return;
    const before = this.#kept ?? newKept(this.name, this.#ports.now());
    const kept = change(before);
    if (kept === this.#kept) return;
    this.#kept = kept;
    void this.#ports.shelf.put(kept).then(() => {
      if (this.#kept === kept) this.#ports.tell({ type: "kept", key: kept.key });
    });
    this.#changed();
  }

  #moment = () => ({ now: this.#ports.now(), random: this.#ports.random() });

  #become(role: Role): void {
    this.#role = role;
    this.#changed();
  }

  #look(): ManuscriptView {
    const kept = this.#kept;
    const conflicts = kept?.theirs ? conflictsOf(kept, kept.theirs) : [];
    return {
      role: this.#role,
      kept,
      failure: this.#failure,
      status: statusOf(kept, this.#ports.isOnline()),
      conflicts,
      durable: this.#ports.shelf.isDurable(),
    };
  }

  #changed(): void {
    this.#view = this.#look();
    for (const listener of [...this.#listeners]) listener();
  }
}
