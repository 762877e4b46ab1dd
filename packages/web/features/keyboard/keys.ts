/** The properties of a key press that decide about a shortcut. */
type KeyPress = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "timeStamp">;

/** The longest pause in milliseconds between the keys of a sequence such as "g i". */
const sequenceMs = 1_500;

/** Recognizes single keys and sequences of two, such as `n` and `g i`. */
export class KeySequence {
  #first: { readonly key: string; readonly at: number } | undefined;

  /** @returns the name of the shortcut that this press completes, or undefined */
  press({ key, altKey, ctrlKey, metaKey, timeStamp }: KeyPress, names: ReadonlySet<string>): string | undefined {
    const first = this.#first;
    this.#first = undefined;
    if (altKey || ctrlKey || metaKey) return undefined;
    const both = first && timeStamp - first.at <= sequenceMs ? `${first.key} ${key}` : undefined;
    if (both !== undefined && names.has(both)) return both;
    if (names.has(key)) return key;
    if ([...names].some((name) => name.startsWith(`${key} `))) this.#first = { key, at: timeStamp };
    return undefined;
  }
}
