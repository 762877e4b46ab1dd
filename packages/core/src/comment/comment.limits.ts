import type { Length } from "../length.ts";

export const commentLength: Length = { min: 1, max: 2_000 };

/** How often one person may comment. */
export const commentRate = { times: 5, seconds: 60 } as const;
