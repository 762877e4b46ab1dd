import type { Length } from "../length.ts";

export const commentLength: Length = { min: 1, max: 2_000 };

/** Maximum edits of one user. Each makes the page of the post again. */
export const commentEditRate = { times: 30, seconds: 60 * 60 } as const;

/** Minimum seconds between two mails to an author about comments. SQS can delay a message for 15 minutes. */
export const commentMailSeconds = 15 * 60;

/** Maximum comments of one user. */
export const commentRate = { times: 5, seconds: 60 } as const;
