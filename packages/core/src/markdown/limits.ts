import type { Profile } from "./schema.ts";

/*
 * The work that one text may cause. Every limit counts what the text holds and none counts time, so that a text always gives the same HTML.
 * A text that exceeds one is shown as it was written. `hostile.time.test.ts` measures what is within them.
 */

/** Elements of HTML. An article has about one for each five words; a comment rarely has more than 50, and a page has up to 500 comments. */
export const mostElements: Readonly<Record<Profile, number>> = { article: 10_000, comment: 300 };

/** Elements within each other. Below `deepestNesting`, so that nothing is lost. */
export const deepestElement = 80;

/** At which the parser stops to read. */
export const deepestNesting = 100;

/** Cells of all tables, those included that a short row leaves out. */
export const mostCells = 5_000;

/** Opening brackets: for each of them the parser looks for the end of a link. */
export const mostBrackets: Readonly<Record<Profile, number>> = { article: 10_000, comment: 200 };

/** A text exceeds one of these limits. */
export class TooMuchError extends Error {
  override readonly name = "TooMuchError";
}
