import * as z from "zod";
import type { Clock } from "../clock.ts";
import { UserId } from "../ids.ts";
import { type Problem, tooManyRequests } from "../problem.ts";
import { entity } from "./entity.ts";
import { rateKey } from "./keys.ts";
import { isNew } from "./version.ts";
import { type Write, writeIf } from "./write.ts";

/** Counts a user's calls within a time window. `version` is the counter. */
const rates = entity({
  name: "rate",
  schema: z.object({
    userId: UserId,
    what: z.string(),
    stretch: z.int(),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: z.int(),
  }),
  keyFields: ["userId", "what", "stretch"],
  keyOf: ({ userId, what, stretch }) => rateKey(userId, what, stretch),
});

/** Maximum calls of a user within a window. `{ times: 10, seconds: 60 }` allows 10 calls in each minute. */
export interface RateLimit {
  readonly times: number;
  readonly seconds: number;
}

/**
 * Returns a transaction entry that counts one call. Its condition fails when the limit is reached. Windows are fixed,
 * so up to twice the limit can pass across a boundary: with 10 per minute, 10 calls at 10:00:59 and 10 more at
 * 10:01:00.
 *
 * @param what the name of the counter
 */
export function rateLimitWrite(userId: UserId, what: string, { times, seconds }: RateLimit, clock: Clock): Write {
  const now = clock.now();
  const stretch = stretchAt(now, seconds);
  const expiresAt = (stretch + 2) * seconds;
  return rates.upsert({ userId, what, stretch }, { expiresAt }, now.toISOString(), [isNew, { version: { lt: times } }]);
}

const stretchAt = (now: Date, seconds: number) => Math.floor(now.getTime() / 1000 / seconds);

/** Returns the problem of a call above the limit. It names the seconds until the window ends. */
export function rateLimitExceeded({ seconds }: RateLimit, clock: Clock, options: ErrorOptions = {}): Problem {
  const now = clock.now();
  const end = (stretchAt(now, seconds) + 1) * seconds;
  return tooManyRequests(Math.ceil(end - now.getTime() / 1000), options);
}

/**
 * Counts one call of a user in one round trip. Unlike `rateLimitWrite` in a transaction, it does not make concurrent
 * transactions of the user conflict.
 *
 * @throws too-many-requests
 */
export async function countCall(userId: UserId, what: string, limit: RateLimit, clock: Clock): Promise<void> {
  if (!(await writeIf(rateLimitWrite(userId, what, limit, clock)))) throw rateLimitExceeded(limit, clock);
}
