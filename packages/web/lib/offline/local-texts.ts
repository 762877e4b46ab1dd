/**
 * Texts in localStorage whose keys begin with a prefix. A text that cannot be stored, because storage is full or
 * disabled, is kept in the memory of this page.
 */
export class LocalTexts {
  readonly #prefix: string;
  readonly #storage: Storage | undefined;
  readonly #memory = new Map<string, string>();

  constructor(prefix: string, storage = browserStorage()) {
    this.#prefix = prefix;
    this.#storage = storage;
  }

  get(name: string): string | undefined {
    return this.#memory.get(name) ?? this.#storage?.getItem(this.#prefix + name) ?? undefined;
  }

  /** Replaces a text. Deletes it if undefined. */
  set(name: string, text: string | undefined): void {
    this.#memory.delete(name);
    try {
      if (text === undefined) this.#storage?.removeItem(this.#prefix + name);
      else if (this.#storage) this.#storage.setItem(this.#prefix + name, text);
      else this.#memory.set(name, text);
    } catch {
      if (text !== undefined) this.#memory.set(name, text);
    }
  }

  names(): string[] {
    const stored = Object.keys(this.#storage ?? {}).filter((key) => key.startsWith(this.#prefix));
    return [...new Set([...this.#memory.keys(), ...stored.map((key) => key.slice(this.#prefix.length))])];
  }

  clear(): void {
    for (const name of this.names()) this.set(name, undefined);
  }
}

/** Returns localStorage, or undefined if it is disabled: accessing it then throws. */
function browserStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
