// Phones take long to load the data of `Intl`, so formatters are created on first use, never when a module loads.

/** Smaller numbers have no separators. */
const separated = 1000;

const inWords = (count: number) => (count < separated ? String(count) : new Intl.NumberFormat("en").format(count));

/** A number with its noun: "1 item", "2 items". @param noun one that takes a plain "s" */
export const counted = (count: number, noun: string): string => `${inWords(count)} ${count === 1 ? noun : `${noun}s`}`;

/** Joins items: "title, notes, and tags". */
export const listed = (items: readonly string[]): string =>
  new Intl.ListFormat("en", { type: "conjunction" }).format(items);
