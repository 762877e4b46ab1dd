import type { Length } from "../length.ts";

/** Of a list's name, white space around it apart. */
export const nameLength: Length = { min: 1, max: 100 };
