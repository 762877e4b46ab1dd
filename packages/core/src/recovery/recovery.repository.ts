import * as z from "zod";
import { entity, firstVersion, nextVersion } from "../db/entity.ts";
import { without } from "../db/expression.ts";
import { recoveryCodesKey } from "../db/keys.ts";
import { write, writeIf } from "../db/write.ts";
import { UserId } from "../ids.ts";

const recoveryCodes = entity({
  name: "recovery-codes",
  schema: z.object({
    userId: UserId,
    /** Hashes of the unused codes. Missing after the last one, because DynamoDB has no empty sets. */
    hashes: z.set(z.string()).optional(),
  }),
  keyFields: ["userId"],
  keyOf: ({ userId }) => recoveryCodesKey(userId),
});

/** Replaces all codes of a user. `now` is an ISO 8601 time. */
export async function replace(userId: UserId, hashes: readonly string[], now: string): Promise<void> {
  await write(recoveryCodes.put({ userId, hashes: new Set(hashes), ...firstVersion(now) }));
}

/** Marks a code as used. @returns whether it was valid and unused */
export const spend = (userId: UserId, hash: string, now: string): Promise<boolean> =>
  writeIf(
    recoveryCodes.update(
      { userId },
      { hashes: without(new Set([hash])), ...nextVersion(now) },
      { hashes: { contains: hash } },
    ),
  );

/** Returns the number of unused codes, in one consistent round trip. */
export async function count(userId: UserId): Promise<number> {
  return (await recoveryCodes.get({ userId }))?.hashes?.size ?? 0;
}

/** Deletes all codes of a user, when the second factor is turned off. Idempotent. */
export async function remove(userId: UserId): Promise<void> {
  await write(recoveryCodes.delete({ userId }));
}
