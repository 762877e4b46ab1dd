import * as v from "valibot";
import { Entry } from "./state.ts";

const prefixOf = (userId: string) => `daybook.unwritten.${userId}.`;

/**
 * What is on its way to the database, in storage that is written at once: a page that goes away takes along what its database has not
 * begun to write. Where there is no such storage, that moment stays.
 */
export class Unwritten {
  readonly #prefix: string;
  readonly #key: string;

  constructor(userId: string) {
    this.#prefix = prefixOf(userId);
    this.#key = this.#prefix + crypto.randomUUID();
  }

  /** Replaces what this page has on its way. */
  keep(entries: readonly Entry[]): void {
    try {
      if (entries.length > 0) localStorage.setItem(this.#key, JSON.stringify(entries));
      else localStorage.removeItem(this.#key);
    } catch {
      // Storage is full or switched off.
    }
  }

  /** Takes over what pages have left behind; what is still on its way in another tab is the same to both. */
  take(): Entry[] {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix) && key !== this.#key);
      return keys.flatMap((key) => {
        const { success, output } = v.safeParse(v.array(Entry), JSON.parse(localStorage.getItem(key) ?? "[]"));
        localStorage.removeItem(key);
        return success ? output : [];
      });
    } catch {
      return [];
    }
  }
}
