import { fromJson } from "../stored.ts";

/** Values that earlier pages left behind, with the keys under which they are stored. */
interface Left {
  readonly keys: readonly string[];
  readonly copies: readonly unknown[];
}

/**
 * Copies values that IndexedDB has not written yet to localStorage, whose writes are synchronous. They survive a page
 * that unloads before IndexedDB finishes. Example: the tab closes 2 ms after a todo was added, and the next visit
 * restores it. Without localStorage, such values are lost.
 */
export class UnloadBuffer {
  readonly #prefix: string;
  readonly #key: string;

  /** @param prefix of the keys in localStorage, such as "daybook.unwritten.usr_1." */
  constructor(prefix: string) {
    this.#prefix = prefix;
    this.#key = prefix + crypto.randomUUID();
  }

  /** Replaces the copies of this page. */
  keep(copies: readonly unknown[]): void {
    attempt(() => {
      if (copies.length > 0) localStorage.setItem(this.#key, JSON.stringify(copies));
      else localStorage.removeItem(this.#key);
    });
  }

  /** Returns what other pages left behind. Another open tab may still be writing it. */
  left(): Left {
    const keys = attempt(() => this.#keys().filter((key) => key !== this.#key)) ?? [];
    return { keys, copies: keys.flatMap((key) => listIn(localStorage.getItem(key) ?? "[]")) };
  }

  /** @param keys all by default */
  drop(keys?: readonly string[]): void {
    attempt(() => {
      for (const key of keys ?? this.#keys()) localStorage.removeItem(key);
    });
  }

  #keys = () => Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix));
}

/** Runs work on localStorage. @returns undefined if storage is full or disabled */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Returns the items of a JSON array, or a single record or damaged text as the only item. */
function listIn(text: string): readonly unknown[] {
  const found = fromJson(text);
  return Array.isArray(found) ? found : [found];
}
