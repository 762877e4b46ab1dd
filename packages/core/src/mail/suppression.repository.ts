import { Entity } from "dynamodb-toolbox/entity";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { PutItemCommand } from "dynamodb-toolbox/entity/actions/put";
import { item, number, string } from "dynamodb-toolbox/schema";
import { suppressedAddressKey } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";

const SuppressedAddressItem = new Entity({
  name: "suppressed-address",
  table,
  timestamps: false,
  schema: item({
    id: string().key(),
    reason: string().enum("bounce", "complaint"),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: number(),
    ...itemAttributes,
  }),
  computeKey: ({ id }) => suppressedAddressKey(id),
});

/** Why an address gets no mail: it does not exist, or its owner complained. */
export type SuppressionReason = "bounce" | "complaint";

/** Stores that an address is suppressed, in one write. `now` is an ISO 8601 time, `expiresAt` is in epoch seconds. */
export async function put(
  addressHash: string,
  reason: SuppressionReason,
  now: string,
  expiresAt: number,
): Promise<void> {
  await SuppressedAddressItem.build(PutItemCommand)
    .item({ id: addressHash, reason, expiresAt, createdAt: now, updatedAt: now, version: 1 })
    .send();
}

/** Returns whether an address is suppressed, in one consistent round trip. */
export async function exists(addressHash: string): Promise<boolean> {
  const { Item } = await SuppressedAddressItem.build(GetItemCommand)
    .key({ id: addressHash })
    .options({ consistent: true })
    .send();
  return Item !== undefined;
}
