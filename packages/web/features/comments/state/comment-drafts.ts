import * as v from "valibot";
import { fromStoredText, type StoredFormat, textIn, toStored } from "../../../lib/stored.ts";

/** What a person writes: a comment, a reply to one, or another text for one of their own. */
export type Slot = "new" | `reply-${string}` | `edit-${string}`;

/** A text that is not sent yet, or is on its way. */
const Draft = v.object({
  body: v.string(),
  /** Names what is sent: however often this text is sent, it has its effect once. */
  key: v.string(),
  /** Whether the person has sent it: then it is sent again until there is an answer. */
  sent: v.boolean(),
});
export type Draft = v.InferOutput<typeof Draft>;
const draftFormat: StoredFormat<Draft> = { schema: Draft, upgrades: [] };

const Ids = v.array(v.string());

const prefixOf = (userId: string) => `daybook.comments.${userId}.`;
/** So many comments that wait for approval are remembered below a post. */
const mostWaiting = 20;

/**
 * What this browser keeps of what a person writes below a post, written at once with each keystroke. Where a browser keeps nothing, it is
 * a memory of this page.
 */
export class Drafts {
  readonly #prefix: string;
  readonly #storage: Storage | undefined;
  readonly #memory = new Map<string, string>();

  /** @param storage where it is kept; nothing where there is none */
  constructor(userId: string, postId: string, storage = browserStorage()) {
    this.#prefix = `${prefixOf(userId)}${postId}.`;
    this.#storage = storage;
  }

  /** A draft that this version cannot read is its text, for its writer to send or to change. */
  get(slot: Slot): Draft | undefined {
    const text = this.#read(slot);
    if (text === null) return undefined;
    return (
      fromStoredText(draftFormat, text) ?? {
        body: textIn(parsed(v.unknown(), text) ?? text),
        key: crypto.randomUUID(),
        sent: false,
      }
    );
  }

  /** Keeps a text that is being written; another text than before is another thing to send. */
  write(slot: Slot, body: string): void {
    const before = this.get(slot);
    if (body.trim() === "") this.remove(slot);
    else if (before?.body !== body || before.sent) {
      this.#put(slot, { body, key: crypto.randomUUID(), sent: false });
    }
  }

  /** Notes whether a text is on its way. @returns the draft; nothing if there is none */
  mark(slot: Slot, sent: boolean): Draft | undefined {
    const draft = this.get(slot);
    if (!draft) return undefined;
    this.#put(slot, { ...draft, sent });
    return { ...draft, sent };
  }

  remove(slot: Slot): void {
    this.#write(slot, undefined);
  }

  /** Where there is a text: one that was on its way when its page went, or one that was not sent yet. */
  slots({ sent }: { sent: boolean }): readonly Slot[] {
    const names = new Set([...this.#memory.keys(), ...keysOf(this.#storage, this.#prefix)]);
    return [...names].filter(isSlot).filter((slot) => this.get(slot)?.sent === sent);
  }

  /** The ids of own comments that the author of the post has not decided of: nobody lists them. */
  waiting(): readonly string[] {
    return parsed(Ids, this.#read("waiting")) ?? [];
  }

  wait(id: string, waits: boolean): void {
    const others = this.waiting().filter((each) => each !== id);
    const ids = waits ? [...others, id].slice(-mostWaiting) : others;
    this.#write("waiting", ids.length > 0 ? JSON.stringify(ids) : undefined);
  }

  #put(slot: Slot, draft: Draft): void {
    this.#write(slot, JSON.stringify(toStored(draftFormat, draft)));
  }

  #read(name: string): string | null {
    try {
      return this.#memory.get(name) ?? this.#storage?.getItem(this.#prefix + name) ?? null;
    } catch {
      return null;
    }
  }

  #write(name: string, value: string | undefined): void {
    this.#memory.delete(name);
    try {
      if (!this.#storage) throw new Error("There is no storage");
      if (value === undefined) this.#storage.removeItem(this.#prefix + name);
      else this.#storage.setItem(this.#prefix + name, value);
    } catch {
      // Storage is full or switched off.
      if (value !== undefined) this.#memory.set(name, value);
    }
  }
}

const isSlot = (name: string): name is Slot => name === "new" || /^(reply|edit)-/.test(name);

function parsed<Output>(schema: v.GenericSchema<unknown, Output>, text: string | null): Output | undefined {
  if (text === null) return undefined;
  try {
    const { success, output } = v.safeParse(schema, JSON.parse(text));
    return success ? output : undefined;
  } catch {
    return undefined;
  }
}

/** The names below a prefix. */
const keysOf = (storage: Storage | undefined, prefix: string): string[] =>
  Object.keys(storage ?? {}).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));

/** The browser's own storage; asking for it fails where it is switched off. */
function browserStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** How many texts of a person are not sent yet. */
export function countDrafts(userId: string, storage = browserStorage()): number {
  return keysOf(storage, prefixOf(userId)).filter((name) => !name.endsWith(".waiting")).length;
}

/** Forgets all that a person has written and not sent, on this device. */
export function forgetDrafts(userId: string, storage = browserStorage()): void {
  const prefix = prefixOf(userId);
  for (const name of keysOf(storage, prefix)) storage?.removeItem(prefix + name);
}
