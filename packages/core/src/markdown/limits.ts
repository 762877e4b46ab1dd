import type { Profile } from "./schema.ts";

/*
 * Limits of the work for one text. Each limit counts content, never time, so that a text always renders the same HTML.
 * A text that exceeds a limit is shown as written. `hostile.time.test.ts` measures texts within the limits.
 */

/**
 * Maximum number of HTML elements. An article has about one for five words. A comment rarely has more than 50, and a
 * page has up to 500 comments.
 */
export const mostElements: Readonly<Record<Profile, number>> = { article: 10_000, comment: 300 };

/** Maximum depth of elements. Lower than `deepestNesting`, so that the parser never drops content. */
export const deepestElement = 80;

/** Depth at which the parser stops. */
export const deepestNesting = 100;

/** Maximum number of cells of all tables, including those that a short row omits. */
export const mostCells = 5_000;

/** Maximum number of opening brackets. The parser searches for the end of a link for each of them. */
export const mostBrackets: Readonly<Record<Profile, number>> = { article: 10_000, comment: 200 };

/** Thrown when a text exceeds one of these limits. */
export class TooMuchError extends Error {
  override readonly name = "TooMuchError";
}
