import type { Length } from "../length.ts";

/** Length of a title after trimming. */
export const titleLength: Length = { min: 1, max: 500 };

export const notesLength: Length = { min: 0, max: 10_000 };
