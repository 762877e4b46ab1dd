import { createHash } from "node:crypto";
import { Entity } from "dynamodb-toolbox/entity";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { PutItemCommand } from "dynamodb-toolbox/entity/actions/put";
import { item, number, string } from "dynamodb-toolbox/schema";
import type { Clock } from "../clock.ts";
import { suppressedAddressKey } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";

/** Why an address gets no mail: it does not exist, or its owner does not want any. */
export type SuppressionReason = "bounce" | "complaint";

/** Long enough for a sender's reputation; an address may have a new owner by then. */
const rememberedSeconds = 365 * 24 * 60 * 60;

/** An address, as nobody can read it: the item is there for those as well who are not, or no longer, users. */
const hashOf = (address: string) => createHash("sha256").update(address.trim().toLowerCase()).digest("hex");

const SuppressedAddressItem = new Entity({
  name: "suppressed-address",
  table,
  timestamps: false,
  schema: item({
    id: string().key(),
    reason: string().enum("bounce", "complaint"),
    /** Epoch seconds: the table's TTL. */
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ id }) => suppressedAddressKey(id),
});

/** Remembers for a year that an address is to get no mail; telling it again begins the year anew. */
export async function suppress(address: string, reason: SuppressionReason, clock: Clock): Promise<void> {
  const now = clock.now();
  await SuppressedAddressItem.build(PutItemCommand)
    .item({
      id: hashOf(address),
      reason,
      expiresAt: Math.floor(now.getTime() / 1000) + rememberedSeconds,
      createdAt: now.toISOString(),
      updatedAt: now.toISOString(),
      version: 1,
    })
    .send();
}

/** Whether an address is to get no mail. */
export async function isSuppressed(address: string): Promise<boolean> {
  const { Item } = await SuppressedAddressItem.build(GetItemCommand)
    .key({ id: hashOf(address) })
    .options({ consistent: true })
    .send();
  return Item !== undefined;
}
