import * as v from "valibot";
import { LocalTexts } from "../../../lib/offline/local-texts.ts";
import { fromJson, fromStored, type StoredFormat, textIn, toStored } from "../../../lib/stored.ts";

/** Place of a text: a new comment, a reply to a comment, or an edit of one's own comment. */
export type Slot = "new" | `reply-${string}` | `edit-${string}`;

/** A text that is unsent or being sent. */
const Draft = v.object({
  body: v.string(),
  /** Idempotency key. Sending the same text again has no further effect. */
  key: v.string(),
  /** Whether the user has sent the text. It is then retried until an answer comes. */
  sent: v.boolean(),
});
export type Draft = v.InferOutput<typeof Draft>;
const draftFormat: StoredFormat<Draft> = { schema: Draft, upgrades: [] };

const Ids = v.array(v.string());

const prefixOf = (userId: string) => `daybook.comments.${userId}.`;
/** Maximum number of remembered comments that wait for approval, per post. The oldest are dropped first. */
const mostWaiting = 20;

/**
 * Stores the texts that a user writes below a post, in localStorage, with each keystroke. Falls back to the memory of
 * this page if storage fails.
 */
export class Drafts {
  readonly #texts: LocalTexts;

  /** @param storage undefined if the browser has none */
  constructor(userId: string, postId: string, storage?: Storage) {
    this.#texts = new LocalTexts(`${prefixOf(userId)}${postId}.`, storage);
  }

  /**
   * Returns the draft of a slot. An unreadable draft becomes an unsent one with its text, so that the user can send or
   * change it.
   */
  get(slot: Slot): Draft | undefined {
    const text = this.#texts.get(slot);
    if (text === undefined) return undefined;
    const stored = fromJson(text);
    return fromStored(draftFormat, stored) ?? { body: textIn(stored), key: crypto.randomUUID(), sent: false };
  }

  /** Stores a text while the user writes. A changed text gets a new idempotency key; a blank one is deleted. */
  write(slot: Slot, body: string): void {
    const before = this.get(slot);
    if (body.trim() === "") this.remove(slot);
    else if (before?.body !== body || before.sent) {
      this.#put(slot, { body, key: crypto.randomUUID(), sent: false });
    }
  }

  /**
   * Sets whether a text is being sent.
   * @returns the draft, or undefined if there is none
   */
  mark(slot: Slot, sent: boolean): Draft | undefined {
    const draft = this.get(slot);
    if (!draft) return undefined;
    this.#put(slot, { ...draft, sent });
    return { ...draft, sent };
  }

  remove(slot: Slot): void {
    this.#texts.set(slot, undefined);
  }

  /**
   * Returns the slots with a text.
   * @param sent true for texts that were being sent when their page unloaded, false for unsent ones
   */
  slots({ sent }: { sent: boolean }): readonly Slot[] {
    const slots = this.#texts.names().filter(isSlot);
    return slots.filter((slot) => this.get(slot)?.sent === sent);
  }

  /** Returns the ids of the user's comments that wait for approval. No list of the API returns them. */
  waiting(): readonly string[] {
    const { success, output } = v.safeParse(Ids, fromJson(this.#texts.get("waiting") ?? "[]"));
    return success ? output : [];
  }

  wait(id: string, waits: boolean): void {
    const others = this.waiting().filter((each) => each !== id);
    const ids = waits ? [...others, id].slice(-mostWaiting) : others;
    this.#texts.set("waiting", ids.length > 0 ? JSON.stringify(ids) : undefined);
  }

  #put(slot: Slot, draft: Draft): void {
    this.#texts.set(slot, JSON.stringify(toStored(draftFormat, draft)));
  }
}

const isSlot = (name: string): name is Slot => name === "new" || /^(reply|edit)-/.test(name);

/** Returns the number of the user's stored texts, on all posts. */
export const countDrafts = (userId: string, storage?: Storage): number =>
  new LocalTexts(prefixOf(userId), storage).names().filter((name) => !name.endsWith(".waiting")).length;

/** Deletes all texts of a user from this browser. */
export const forgetDrafts = (userId: string, storage?: Storage): void =>
  new LocalTexts(prefixOf(userId), storage).clear();
