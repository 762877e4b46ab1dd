import { fromStored, toStored } from "../../../lib/stored.ts";
import { type Entry, entryFormat } from "../state/state.ts";

const prefixOf = (userId: string) => `daybook.unwritten.${userId}.`;

/**
 * Copies entries that IndexedDB has not written yet to localStorage, whose writes are synchronous. They survive a page
 * that unloads before IndexedDB finishes. Example: the tab closes 2 ms after a todo was added, and the next visit
 * restores it. Without localStorage, such entries are lost.
 */
export class UnloadBuffer {
  readonly #prefix: string;
  readonly #key: string;

  constructor(userId: string) {
    this.#prefix = prefixOf(userId);
    this.#key = this.#prefix + crypto.randomUUID();
  }

  /** Replaces the unwritten entries of this page. */
  keep(entries: readonly Entry[]): void {
    try {
      if (entries.length > 0)
        localStorage.setItem(this.#key, JSON.stringify(entries.map((entry) => toStored(entryFormat, entry))));
      else localStorage.removeItem(this.#key);
    } catch {
      // Storage is full or disabled.
    }
  }

  /**
   * Takes and removes the entries that other pages left behind. An entry that another open tab is still writing has
   * the same id in both, so it is not duplicated. Example: both tabs write "5f0c…", and the database has one.
   */
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
      // Storage is disabled.
    }
    return taken;
  }
}

interface Taken {
  readonly entries: readonly Entry[];
  /** In their stored form. */
  readonly unreadable: readonly unknown[];
}

/**
 * Parses a JSON array. Damaged text becomes an array with the text as its only item: "[{ Call Ada" gives
 * ["[{ Call Ada"].
 */
function listIn(text: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : [text];
  } catch {
    return [text];
  }
}
