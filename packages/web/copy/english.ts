// What the browser knows of a language takes a phone long to fetch: only when it is needed, never as a module loads.

/** Smaller numbers have no separators. */
const separated = 1000;

const inWords = (count: number) => (count < separated ? String(count) : new Intl.NumberFormat("en").format(count));

/** A number with its noun: "1 item", "2 items". @param noun one that takes a plain "s" */
export const counted = (count: number, noun: string): string => `${inWords(count)} ${count === 1 ? noun : `${noun}s`}`;

/** All of them in a row: "title, notes, and tags". */
export const listed = (items: readonly string[]): string =>
  new Intl.ListFormat("en", { type: "conjunction" }).format(items);
