import type { Length } from "../length.ts";

/** Of a title, white space around it apart. */
export const titleLength: Length = { min: 1, max: 500 };

export const notesLength: Length = { min: 0, max: 10_000 };
