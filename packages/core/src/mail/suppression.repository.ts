import * as z from "zod";
import { entity, firstVersion } from "../db/entity.ts";
import { suppressedAddressKey } from "../db/keys.ts";
import { write } from "../db/write.ts";

const suppressedAddresses = entity({
  name: "suppressed-address",
  schema: z.object({
    id: z.string(),
    reason: z.enum(["bounce", "complaint"]),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: z.int(),
  }),
  keyFields: ["id"],
  keyOf: ({ id }) => suppressedAddressKey(id),
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
  await write(suppressedAddresses.put({ id: addressHash, reason, expiresAt, ...firstVersion(now) }));
}

/** Returns whether an address is suppressed, in one consistent round trip. */
export async function exists(addressHash: string): Promise<boolean> {
  return (await suppressedAddresses.get({ id: addressHash })) !== undefined;
}
