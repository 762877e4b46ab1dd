import { fromJson } from "../stored.ts";
import { LocalTexts } from "./local-texts.ts";

/**
 * Copies values that IndexedDB has not written yet to localStorage, whose writes are synchronous. They survive a page
 * that unloads before IndexedDB finishes. Example: the tab closes 2 ms after a todo was added, and the next visit
 * restores it. Without localStorage, such values are lost.
 */
export class UnloadBuffer {
  readonly #texts: LocalTexts;
  readonly #name = crypto.randomUUID();

  /** @param prefix of the keys in localStorage, such as "daybook.unwritten.usr_1." */
  constructor(prefix: string) {
    this.#texts = new LocalTexts(prefix);
  }

  /** Replaces the copies of this page. */
  keep(copies: readonly unknown[]): void {
    this.#texts.set(this.#name, copies.length > 0 ? JSON.stringify(copies) : undefined);
  }

  /**
   * Passes what other pages left behind to a function, and drops it afterwards. Another open tab may still be writing
   * it.
   */
  async restore(take: (copies: readonly unknown[]) => Promise<unknown>): Promise<void> {
    const names = this.#texts.names().filter((name) => name !== this.#name);
    await take(names.flatMap((name) => listIn(this.#texts.get(name) ?? "[]")));
    for (const name of names) this.#texts.set(name, undefined);
  }

  clear(): void {
    this.#texts.clear();
  }
}

/** Returns the items of a JSON array, or a single record or damaged text as the only item. */
function listIn(text: string): readonly unknown[] {
  const found = fromJson(text);
  return Array.isArray(found) ? found : [found];
}
