import type { Clock } from "../clock.ts";
import type { UserId } from "../ids.ts";
import { hashOfCode, newRecoveryCodes } from "./recovery.code.ts";
import * as repository from "./recovery.repository.ts";

/** Makes new codes; the earlier ones no longer work. They are returned this once: the table keeps hashes. One round trip. */
export async function replaceCodes(userId: UserId, clock: Clock): Promise<string[]> {
  const codes = newRecoveryCodes();
  const hashes = codes.map((code) => hashOfCode(userId, code));
  await repository.replace(userId, hashes, clock.now().toISOString());
  return codes;
}

/** Spends a code, once even for parallel requests. One round trip. @returns whether it was right and unused */
export const spendCode = (userId: UserId, code: string, clock: Clock): Promise<boolean> =>
  repository.spend(userId, hashOfCode(userId, code), clock.now().toISOString());

/** How many codes are left. */
export const codesLeft = (userId: UserId): Promise<number> => repository.count(userId);

/** Removes the codes of a user. Idempotent. */
export const removeCodes = (userId: UserId): Promise<void> => repository.remove(userId);
