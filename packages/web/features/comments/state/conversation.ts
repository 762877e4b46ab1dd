import type { Comment, CommentCreate } from "@daybook/core/comment/comment";
import { isCommentId } from "@daybook/core/id-forms";
import type { CommentId } from "@daybook/core/ids";
import { isPassing, isProblem } from "../../../lib/problem-words.ts";
import type { Drafts, Slot } from "./comment-drafts.ts";
import { type CommentPage, fetchComments } from "./fetch-comments.ts";
import type { Delivered, KnownComments } from "./visible-comments.ts";

/** A comment that is being sent. */
export interface Sending {
  readonly slot: Slot;
  /** Idempotency key of its draft. */
  readonly key: string;
  /** The comment that it replies to. */
  readonly parentId: CommentId | undefined;
  readonly body: string;
  /** Whether it failed and is retried. */
  readonly waiting: boolean;
}

export interface ConversationState extends KnownComments {
  readonly status: "loading" | "loaded" | "failed";
  /** Cursor of the next page. Undefined at the end of the list. */
  readonly next: string | undefined;
  readonly sendings: readonly Sending[];
  /** Reasons of refused texts, by slot. */
  readonly refusals: ReadonlyMap<Slot, unknown>;
  /** Result of the last text that was sent. */
  readonly outcome: { readonly slot: Slot; readonly comment: Comment } | undefined;
}

/** A page as the server rendered it. */
export interface DeliveredPage {
  readonly delivered: readonly Delivered[];
  /** When the page was rendered, by the server's clock. Milliseconds since the epoch. */
  readonly madeAt: number;
}

/** Dependencies of a conversation. */
export interface ConversationPorts {
  list(cursor: string | undefined): Promise<CommentPage>;
  create(body: CommentCreate, idempotencyKey: string): Promise<Comment>;
  /**
   * Reads a comment of the user, even while it is hidden from readers.
   * @returns undefined if it is gone
   */
  readOwn(id: string): Promise<Comment | undefined>;
  /** Returns the comments of this post that the user has to review. */
  listToReview(): Promise<readonly Comment[]>;
  /** Whether requests would be sent as the user of this conversation. False after another user signed in. */
  mayAct(): boolean;
  wait(ms: number): Promise<void>;
}

const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

/** Comments of a post, as far as this page has loaded them, and the comments that one user sends. */
export class Conversation {
  readonly #ports: ConversationPorts;
  readonly #pageMadeAt: number;
  readonly #drafts: Drafts | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #timers = new Map<Slot, ReturnType<typeof setTimeout>>();
  #state: ConversationState;
  #isClosed = false;

  /**
   * @param page the server-rendered comments and when the page was rendered, in milliseconds since the epoch
   * @param drafts drafts of the signed-in user; undefined if there is none
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

  /** Loads the comments that readers can see. Never rejects: a failure is part of the state. */
  readonly load = (): Promise<void> => this.#read([], undefined);

  /** Loads the next page of the list. */
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

  /**
   * Starts, and continues the work of an earlier page: sends its pending texts and checks the comments that wait for
   * approval.
   */
  open(): void {
    this.#isClosed = false;
    void this.load();
    for (const slot of this.#drafts?.slots({ sent: true }) ?? []) this.send(slot);
    for (const id of this.#drafts?.waiting() ?? []) {
      // If this request fails, the next page tries again.
      this.#ports.readOwn(id).then(
        (comment) => (comment ? this.tell(comment) : this.#drafts?.wait(id, false)),
        () => {},
      );
    }
  }

  /** Loads the comments that wait for the user's review. */
  async review(): Promise<void> {
    for (const comment of await this.#ports.listToReview()) this.tell(comment);
  }

  /**
   * Stores the API's version of a comment. Stops remembering one of the user's comments once it no longer waits for
   * approval.
   */
  tell(comment: Comment): void {
    const { id, state } = comment;
    if (this.#drafts?.waiting().includes(id) && state !== "pending" && state !== "hidden") this.#drafts.wait(id, false);
    this.#become({ told: new Map(this.#state.told).set(id, comment) });
  }

  /**
   * Stores the API's version of a comment by the user. If it waits for approval, it is remembered for the next visit.
   */
  tellOwn(comment: Comment): void {
    if (comment.state === "pending") this.#drafts?.wait(comment.id, true);
    this.tell(comment);
  }

  /** Hides a comment on this page, or shows it again. */
  take(id: string, away: boolean): void {
    const next = new Set(this.#state.away);
    if (away) next.add(id);
    else next.delete(id);
    this.#become({ away: next });
  }

  /** Sends the draft of a slot. It is shown at once and retried until an answer comes. */
  send(slot: Slot): void {
    const draft = this.#drafts?.mark(slot, true);
    if (!draft) return;
    const { key, body } = draft;
    const parent = slot.slice("reply-".length);
    this.forgive(slot);
    this.#show({ slot, key, parentId: isCommentId(parent) ? parent : undefined, body, waiting: false });
    void this.#attempt(slot, key, firstPauseMs);
  }

  /** Clears the refusal of a slot, after the user has seen it. */
  forgive(slot: Slot): void {
    const refusals = new Map(this.#state.refusals);
    refusals.delete(slot);
    this.#become({ refusals });
  }

  /** Stops sending a text, so that the user can change it. */
  takeBack(slot: Slot): void {
    this.#end(slot);
    this.#drafts?.mark(slot, false);
  }

  /** Retries all failed texts now. Call it when the network returns. */
  readonly wake = (): void => {
    for (const { slot, waiting } of this.#state.sendings) if (waiting) this.send(slot);
  };

  /** Stops sending. The next page continues. */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  async #attempt(slot: Slot, key: string, pauseMs: number): Promise<void> {
    // The user can take the text back at any time, and send another one in the same slot.
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
