import { createHash } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { SuppressionReason } from "./suppression.repository.ts";
import * as repository from "./suppression.repository.ts";

/** Long enough for a sender's reputation; an address may have a new owner by then. */
const rememberedSeconds = 365 * 24 * 60 * 60;

/** Only the hash of an address is stored: some addresses belong to people who are not users. */
const hashOf = (address: string) => createHash("sha256").update(address.trim().toLowerCase()).digest("hex");

/** Suppresses mail to an address for a year. Idempotent; a second call begins a new year. */
export async function suppress(address: string, reason: SuppressionReason, clock: Clock): Promise<void> {
  const now = clock.now();
  const expiresAt = Math.floor(now.getTime() / 1000) + rememberedSeconds;
  await repository.put(hashOf(address), reason, now.toISOString(), expiresAt);
}

/** Whether an address is to get no mail. */
export const isSuppressed = (address: string): Promise<boolean> => repository.exists(hashOf(address));
