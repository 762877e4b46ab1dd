import type { Clock } from "../clock.ts";
import type { UserId } from "../ids.ts";
import { hashOfCode, newRecoveryCodes } from "./recovery.code.ts";
import * as repository from "./recovery.repository.ts";

/**
 * Creates new codes in one round trip and invalidates the earlier ones. The codes are returned only here: the table
 * stores hashes.
 */
export async function replaceCodes(userId: UserId, clock: Clock): Promise<string[]> {
  const codes = newRecoveryCodes();
  const hashes = codes.map((code) => hashOfCode(userId, code));
  await repository.replace(userId, hashes, clock.now().toISOString());
  return codes;
}

/** Uses a code, at most once even with parallel requests. One round trip. @returns whether it was valid and unused */
export const spendCode = (userId: UserId, code: string, clock: Clock): Promise<boolean> =>
  repository.spend(userId, hashOfCode(userId, code), clock.now().toISOString());

/** Returns the number of unused codes. */
export const codesLeft = (userId: UserId): Promise<number> => repository.count(userId);

/** Deletes the codes of a user. Idempotent. */
export const removeCodes = (userId: UserId): Promise<void> => repository.remove(userId);
