import type { Length } from "../length.ts";

/** Length of a list name after trimming. */
export const nameLength: Length = { min: 1, max: 100 };

/** Maximum new lists of one user. */
export const listRate = { times: 100, seconds: 60 * 60 } as const;
