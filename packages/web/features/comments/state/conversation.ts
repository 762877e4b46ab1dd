import type { Comment, CommentCreate } from "@daybook/core/comment/comment";
import { isCommentId } from "@daybook/core/id-forms";
import type { CommentId } from "@daybook/core/ids";
import { type Observable, observable } from "../../../lib/observable.ts";
import { retryAtOf, thisMoment } from "../../../lib/offline/back-off.ts";
import { failureOf } from "../../../lib/offline/failure.ts";
import { Sender } from "../../../lib/offline/sender.ts";
import { isProblem } from "../../../lib/problem-words.ts";
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
  /** Number of failed requests. After the first, it waits for a retry. */
  readonly failures: number;
  /** Milliseconds since the epoch. */
  readonly retryAt: number;
}

export interface ConversationState extends KnownComments {
  readonly status: "loading" | "loaded" | "failed";
  /** Cursor of the next page. Undefined at the end of the list. */
  readonly next: string | undefined;
  /** Texts that are being sent, by slot. */
  readonly sendings: ReadonlyMap<Slot, Sending>;
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

/** Comments of a post, as far as this page has loaded them, and the comments that one user sends. */
export class Conversation {
  readonly #ports: ConversationPorts;
  readonly #pageMadeAt: number;
  readonly #drafts: Drafts | undefined;
  readonly #state: Observable<ConversationState>;
  readonly #sender: Sender<Sending>;
  #isClosed = false;

  /**
   * @param page the server-rendered comments and when the page was rendered, in milliseconds since the epoch
   * @param drafts drafts of the signed-in user; undefined if there is none
   */
  constructor(ports: ConversationPorts, { delivered, madeAt }: DeliveredPage, drafts?: Drafts) {
    this.#ports = ports;
    this.#pageMadeAt = madeAt;
    this.#drafts = drafts;
    this.#state = observable<ConversationState>({
      ...{ delivered, listed: undefined, told: new Map(), away: new Set(), status: "loading", next: undefined },
      ...{ sendings: new Map(), refusals: new Map(), outcome: undefined },
    });
    this.#sender = new Sender({
      plan: (inFlight) => this.#plan(inFlight),
      send: (sending) => this.#attempt(sending),
      mayTry: () => !this.#isClosed,
      lanes: Number.POSITIVE_INFINITY,
    });
  }

  readonly state = (): ConversationState => this.#state.get();
  readonly subscribe = (listener: () => void): (() => void) => this.#state.subscribe(listener);

  /** Loads the comments that readers can see. Never rejects: a failure is part of the state. */
  readonly load = (): Promise<void> => this.#read([], undefined);

  /** Loads the next page of the list. */
  readonly more = (): Promise<void> => this.#read(this.state().listed ?? [], this.state().next);

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
    this.#become({ told: new Map(this.state().told).set(id, comment) });
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
    const next = new Set(this.state().away);
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
    this.#show({ slot, key, parentId: isCommentId(parent) ? parent : undefined, body, failures: 0, retryAt: 0 });
    this.#sender.wake();
  }

  /** Clears the refusal of a slot, after the user has seen it. */
  forgive(slot: Slot): void {
    const refusals = new Map(this.state().refusals);
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
    for (const { slot, failures } of this.state().sendings.values()) if (failures > 0) this.send(slot);
  };

  /** Stops sending. The next page continues. */
  close(): void {
    this.#isClosed = true;
  }

  #plan(inFlight: readonly Sending[]) {
    const flying = new Set(inFlight.map(({ key }) => key));
    const open = [...this.state().sendings.values()].filter(({ key }) => !flying.has(key));
    const now = Date.now();
    return {
      jobs: open.filter(({ retryAt }) => retryAt <= now),
      wakeAt: Math.min(...open.map(({ retryAt }) => retryAt)),
    };
  }

  async #attempt({ slot, key, body, parentId }: Sending): Promise<void> {
    if (!this.#ports.mayAct()) return this.#wait(slot, key);
    try {
      const comment = await this.#ports.create({ body, ...(parentId && { parentId }) }, key);
      if (this.#drafts?.get(slot)?.key === key) this.#drafts.remove(slot);
      if (this.#find(slot, key)) this.#end(slot);
      this.tellOwn(comment);
      this.#become({ outcome: { slot, comment } });
    } catch (error) {
      const failure = failureOf(error);
      // The rate limit of comments is no reason to wait here: the writer decides when to send again.
      const isRefused = failure.type === "refused" || isProblem(error, "too-many-requests");
      if (!isRefused) this.#wait(slot, key, failure.type === "later" ? failure.afterMs : 0);
      else if (this.#find(slot, key)) this.#refuse(slot, error);
    }
  }

  /** Returns a text that is being sent, unless the user has taken it back. */
  #find(slot: Slot, key: string): Sending | undefined {
    const sending = this.state().sendings.get(slot);
    return sending?.key === key ? sending : undefined;
  }

  #wait(slot: Slot, key: string, afterMs?: number): void {
    const sending = this.#find(slot, key);
    if (!sending || this.#isClosed) return;
    const failures = sending.failures + 1;
    this.#show({ ...sending, failures, retryAt: retryAtOf(failures, thisMoment(), afterMs) });
  }

  #refuse(slot: Slot, error: unknown): void {
    this.takeBack(slot);
    this.#become({ refusals: new Map(this.state().refusals).set(slot, error) });
  }

  #show(sending: Sending): void {
    this.#become({ sendings: new Map(this.state().sendings).set(sending.slot, sending) });
  }

  #end(slot: Slot): void {
    const sendings = new Map(this.state().sendings);
    sendings.delete(slot);
    this.#become({ sendings });
  }

  #become(change: Partial<ConversationState>): void {
    this.#state.set({ ...this.state(), ...change });
  }
}
