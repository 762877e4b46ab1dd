import type { Length } from "../length.ts";

export const commentLength: Length = { min: 1, max: 2_000 };

/** Maximum comments of one user. */
export const commentRate = { times: 5, seconds: 60 } as const;
