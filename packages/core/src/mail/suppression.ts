import { createHash } from "node:crypto";
import type { CallContext } from "../call-context.ts";
import type { SuppressionReason } from "./suppression.repository.ts";
import * as repository from "./suppression.repository.ts";

/**
 * How long an address stays suppressed. A year protects the sender's reputation; after that the address may have a new
 * owner.
 */
const rememberedSeconds = 365 * 24 * 60 * 60;

/**
 * Returns the hash of an address. Only the hash is stored, because some addresses belong to people who are not users.
 */
const hashOf = (address: string) => createHash("sha256").update(address.trim().toLowerCase()).digest("hex");

/** Suppresses mail to an address for a year. Idempotent; a second call restarts the year. */
export async function suppress({ clock }: CallContext, address: string, reason: SuppressionReason): Promise<void> {
  const now = clock.now();
  const expiresAt = Math.floor(now.getTime() / 1000) + rememberedSeconds;
  await repository.put(hashOf(address), reason, now.toISOString(), expiresAt);
}

/** Returns whether an address must not get mail. */
export const isSuppressed = (address: string): Promise<boolean> => repository.exists(hashOf(address));
