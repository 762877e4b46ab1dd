import { Entity } from "dynamodb-toolbox/entity";
import { UpdateTransaction } from "dynamodb-toolbox/entity/actions/transactUpdate";
import { $add, $get } from "dynamodb-toolbox/entity/actions/update/symbols";
import { item, number, string } from "dynamodb-toolbox/schema";
import type { Clock } from "../clock.ts";
import { UserId } from "../ids.ts";
import { rateKey } from "./keys.ts";
import { itemAttributes, table } from "./table.ts";

/** How often somebody did something within a stretch of time: its version says it. */
const RateItem = new Entity({
  name: "rate",
  table,
  timestamps: false,
  schema: item({
    userId: string().key(),
    what: string().key(),
    stretch: number().key(),
    /** Epoch seconds: the table's TTL. */
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ userId, what, stretch }) => rateKey(UserId.parse(userId), what, stretch),
});

/** How often one person may do something. */
export interface Rate {
  readonly times: number;
  readonly seconds: number;
}

/**
 * The entry of a transaction that counts one more time; it fails by its condition when the rate is reached. Stretches follow one
 * another, so that at the border of two of them up to twice as many are let through.
 *
 * @param what is counted; a name of one's own for each
 */
export function countedOnce(userId: UserId, what: string, { times, seconds }: Rate, clock: Clock) {
  const now = clock.now();
  const stretch = Math.floor(now.getTime() / 1000 / seconds);
  return RateItem.build(UpdateTransaction)
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
