import type { Comment, CommentCreate } from "@daybook/core/comment/comment";
import { isCommentId } from "@daybook/core/id-forms";
import type { CommentId } from "@daybook/core/ids";
import { isPassing, isProblem } from "../../../lib/problem-words.ts";
import type { Drafts, Slot } from "./comment-drafts.ts";
import { type CommentPage, fetchComments } from "./fetch-comments.ts";
import type { Delivered, KnownComments } from "./visible-comments.ts";

/** A comment that is on its way. */
export interface Sending {
  readonly slot: Slot;
  /** Of its draft. */
  readonly key: string;
  /** What it replies to. */
  readonly parentId: CommentId | undefined;
  readonly body: string;
  /** Whether it did not arrive, and is to be sent again. */
  readonly waiting: boolean;
}

export interface ConversationState extends KnownComments {
  readonly status: "loading" | "loaded" | "failed";
  /** Where the list goes on; nothing at its end. */
  readonly next: string | undefined;
  readonly sendings: readonly Sending[];
  /** Why a text was not taken, by its slot. */
  readonly refusals: ReadonlyMap<Slot, unknown>;
  /** What has become of the last text that was sent. */
  readonly outcome: { readonly slot: Slot; readonly comment: Comment } | undefined;
}

/** A page as it was delivered. */
export interface DeliveredPage {
  readonly delivered: readonly Delivered[];
  /** When the page was made, in milliseconds since 1970, by the clock of where it was made. */
  readonly madeAt: number;
}

/** What a conversation needs of the world around it. */
export interface ConversationPorts {
  list(cursor: string | undefined): Promise<CommentPage>;
  create(body: CommentCreate, idempotencyKey: string): Promise<Comment>;
  /** Reads one of one's own, as only its writer can. @returns nothing if it is not there any more */
  readOwn(id: string): Promise<Comment | undefined>;
  /** What waits for a decision of whoever is signed in. */
  listToReview(): Promise<readonly Comment[]>;
  /** Whether what is sent now would be sent as the person whose conversation this is. */
  mayAct(): boolean;
  wait(ms: number): Promise<void>;
}

const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

/** What people say below a post, as far as this page knows it, and what one person sends to it. */
export class Conversation {
  readonly #ports: ConversationPorts;
  readonly #pageMadeAt: number;
  readonly #drafts: Drafts | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #timers = new Map<Slot, ReturnType<typeof setTimeout>>();
  #state: ConversationState;
  #isClosed = false;

  /**
   * @param page what it was delivered with, and when it was made, in milliseconds since 1970
   * @param drafts of whoever is signed in; nothing where nobody is
   */
  constructor(ports: ConversationPorts, { delivered, madeAt }: DeliveredPage, drafts?: Drafts) {
    this.#ports = ports;
    this.#pageMadeAt = madeAt;
    this.#drafts = drafts;
    this.#state = {
      ...{ delivered, listed: undefined, told: new Map(), away: new Set(), status: "loading", next: undefined },
      ...{ sendings: [], refusals: new Map(), outcome: undefined },
    };
  }

  readonly state = (): ConversationState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks what readers see now. Never fails: the outcome is the state. */
  readonly load = (): Promise<void> => this.#read([], undefined);

  /** Goes on where the list was left. */
  readonly more = (): Promise<void> => this.#read(this.#state.listed ?? [], this.#state.next);

  async #read(before: readonly Comment[], from: string | undefined): Promise<void> {
    this.#become({ status: "loading" });
    try {
      const meanwhile = ({ data }: Pick<CommentPage, "data">) => this.#become({ listed: [...before, ...data] });
      const { data, next } = await fetchComments({ ...this.#ports, meanwhile }, from, this.#pageMadeAt);
      this.#become({ status: "loaded", listed: [...before, ...data], next });
    } catch {
      this.#become({ status: "failed" });
    }
  }

  /** Begins, and goes on with what an earlier page has left: sends what was on its way, and finds out what has become of what waits. */
  open(): void {
    this.#isClosed = false;
    void this.load();
    for (const slot of this.#drafts?.slots({ sent: true }) ?? []) this.send(slot);
    for (const id of this.#drafts?.waiting() ?? []) {
      // What cannot be asked now is asked by the next page.
      this.#ports.readOwn(id).then(
        (comment) => (comment ? this.tell(comment) : this.#drafts?.wait(id, false)),
        () => {},
      );
    }
  }

  /** Asks what waits for a decision. */
  async review(): Promise<void> {
    for (const comment of await this.#ports.listToReview()) this.tell(comment);
  }

  /** Takes over what the API says of a comment; what its writer waits for is remembered for the next visit. */
  tell(comment: Comment): void {
    const { id, state } = comment;
    if (this.#drafts?.waiting().includes(id) && state !== "pending" && state !== "hidden") this.#drafts.wait(id, false);
    this.#become({ told: new Map(this.#state.told).set(id, comment) });
  }

  /** Takes over what the API says of one's own; readers may not see it yet. */
  tellOwn(comment: Comment): void {
    if (comment.state === "pending") this.#drafts?.wait(comment.id, true);
    this.tell(comment);
  }

  /** Takes a comment away, or gives it back. */
  take(id: string, away: boolean): void {
    const next = new Set(this.#state.away);
    if (away) next.add(id);
    else next.delete(id);
    this.#become({ away: next });
  }

  /** Sends the draft of a slot: it is shown at once, and sent again until there is an answer. */
  send(slot: Slot): void {
    const draft = this.#drafts?.mark(slot, true);
    if (!draft) return;
    const { key, body } = draft;
    const parent = slot.slice("reply-".length);
    this.forgive(slot);
    this.#show({ slot, key, parentId: isCommentId(parent) ? parent : undefined, body, waiting: false });
    void this.#attempt(slot, key, firstPauseMs);
  }

  /** Somebody has seen why a text was not taken. */
  forgive(slot: Slot): void {
    const refusals = new Map(this.#state.refusals);
    refusals.delete(slot);
    this.#become({ refusals });
  }

  /** Takes a text that did not arrive back, to be changed. */
  takeBack(slot: Slot): void {
    this.#end(slot);
    this.#drafts?.mark(slot, false);
  }

  /** There is a network again. */
  readonly wake = (): void => {
    for (const { slot, waiting } of this.#state.sendings) if (waiting) this.send(slot);
  };

  /** Nobody looks at it any more. */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  async #attempt(slot: Slot, key: string, pauseMs: number): Promise<void> {
    // It may be taken back at any time, and be another text by then.
    const current = () => this.#state.sendings.find((each) => each.slot === slot && each.key === key);
    const sending = current();
    clearTimeout(this.#timers.get(slot));
    if (!sending || this.#isClosed) return;
    if (!this.#ports.mayAct()) return this.#wait(sending, pauseMs);
    const { body, parentId } = sending;
    try {
      const comment = await this.#ports.create({ body, ...(parentId && { parentId }) }, key);
      if (this.#drafts?.get(slot)?.key === key) this.#drafts.remove(slot);
      if (current()) this.#end(slot);
      this.tellOwn(comment);
      this.#become({ outcome: { slot, comment } });
    } catch (error) {
      if (!current()) return;
      if (isPassing(error) || isProblem(error, "request-in-flight")) this.#wait(sending, pauseMs);
      else this.#refuse(slot, error);
    }
  }

  #wait(sending: Sending, pauseMs: number): void {
    if (this.#isClosed) return;
    const { slot, key } = sending;
    this.#show({ ...sending, waiting: true });
    clearTimeout(this.#timers.get(slot));
    const again = () => void this.#attempt(slot, key, Math.min(2 * pauseMs, longestPauseMs));
    this.#timers.set(slot, setTimeout(again, pauseMs));
  }

  #refuse(slot: Slot, error: unknown): void {
    this.takeBack(slot);
    this.#become({ refusals: new Map(this.#state.refusals).set(slot, error) });
  }

  #show(sending: Sending): void {
    const { sendings } = this.#state;
    const isThere = sendings.some(({ slot }) => slot === sending.slot);
    this.#become({
      sendings: isThere
        ? sendings.map((each) => (each.slot === sending.slot ? sending : each))
        : [...sendings, sending],
    });
  }

  #end(slot: Slot): void {
    clearTimeout(this.#timers.get(slot));
    this.#timers.delete(slot);
    this.#become({ sendings: this.#state.sendings.filter((sending) => sending.slot !== slot) });
  }

  #become(change: Partial<ConversationState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}
