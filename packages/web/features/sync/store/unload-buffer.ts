import { fromStored, toStored } from "../../../lib/stored.ts";
import { type Entry, entryFormat } from "../state/state.ts";

const prefixOf = (userId: string) => `daybook.unwritten.${userId}.`;

/**
 * Copies entries that IndexedDB has not written yet to localStorage, which is written synchronously: they survive a page that unloads in
 * between. Without localStorage they are lost in that case.
 */
export class UnloadBuffer {
  readonly #prefix: string;
  readonly #key: string;

  constructor(userId: string) {
    this.#prefix = prefixOf(userId);
    this.#key = this.#prefix + crypto.randomUUID();
  }

  /** Replaces what this page has on its way. */
  keep(entries: readonly Entry[]): void {
    try {
      if (entries.length > 0)
        localStorage.setItem(this.#key, JSON.stringify(entries.map((entry) => toStored(entryFormat, entry))));
      else localStorage.removeItem(this.#key);
    } catch {
      // Storage is full or switched off.
    }
  }

  /** Takes over what pages have left behind; what is still on its way in another tab is the same to both. */
  take(): Taken {
    const taken: { entries: Entry[]; unreadable: unknown[] } = { entries: [], unreadable: [] };
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix) && key !== this.#key);
      for (const key of keys) {
        for (const stored of listIn(localStorage.getItem(key) ?? "[]")) {
          const entry = fromStored(entryFormat, stored);
          if (entry) taken.entries.push(entry);
          else taken.unreadable.push(stored);
        }
        localStorage.removeItem(key);
      }
    } catch {
      // There is no storage.
    }
    return taken;
  }
}

interface Taken {
  readonly entries: readonly Entry[];
  /** As they were stored. */
  readonly unreadable: readonly unknown[];
}

/** A list in JSON; the text itself, as the only one of its list, if it is anything else. */
function listIn(text: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : [text];
  } catch {
    return [text];
  }
}
