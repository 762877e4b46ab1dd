import { Entity } from "dynamodb-toolbox/entity";
import { UpdateTransaction } from "dynamodb-toolbox/entity/actions/transactUpdate";
import { $add, $get } from "dynamodb-toolbox/entity/actions/update/symbols";
import { item, number, string } from "dynamodb-toolbox/schema";
import type { Clock } from "../clock.ts";
import { UserId } from "../ids.ts";
import { rateKey } from "./keys.ts";
import { itemAttributes, table } from "./table.ts";

/** Counts a user's calls within a time window. `version` is the counter. */
const RateLimitItem = new Entity({
  name: "rate",
  table,
  timestamps: false,
  schema: item({
    userId: string().key(),
    what: string().key(),
    stretch: number().key(),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ userId, what, stretch }) => rateKey(UserId.parse(userId), what, stretch),
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
export function rateLimitWrite(userId: UserId, what: string, { times, seconds }: RateLimit, clock: Clock) {
  const now = clock.now();
  const stretch = Math.floor(now.getTime() / 1000 / seconds);
  return RateLimitItem.build(UpdateTransaction)
    .item({
      ...{ userId, what, stretch },
      expiresAt: (stretch + 2) * seconds,
      schemaVersion: 1,
      createdAt: $get("createdAt", now.toISOString()),
      updatedAt: now.toISOString(),
      version: $add(1),
    })
    .options({
      condition: {
        or: [
          { attr: "version", exists: false },
          { attr: "version", lt: times },
        ],
      },
    });
}
