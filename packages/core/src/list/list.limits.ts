import type { Length } from "../length.ts";

/** Length of a list name after trimming. */
export const nameLength: Length = { min: 1, max: 100 };
