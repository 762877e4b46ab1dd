import type { Length } from "../length.ts";

/** Length of a title after trimming. */
export const titleLength: Length = { min: 1, max: 500 };

export const tagLength: Length = { min: 1, max: 50 };

export const notesLength: Length = { min: 0, max: 10_000 };

/** Number of todos that a request looks through, and that each step in the background looks through. */
export const sweepLimit = 500;
