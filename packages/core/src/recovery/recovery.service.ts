import type { CallContext } from "../call-context.ts";
import type { UserId } from "../ids.ts";
import { hashOfCode, newRecoveryCodes } from "./recovery.code.ts";
import * as repository from "./recovery.repository.ts";

/**
 * Creates new codes in one round trip and invalidates the earlier ones. The codes are returned only here: the table
 * stores hashes.
 */
export async function replaceCodes({ clock }: CallContext, userId: UserId): Promise<string[]> {
  const codes = newRecoveryCodes();
  const hashes = codes.map((code) => hashOfCode(userId, code));
  await repository.replace(userId, hashes, clock.now().toISOString());
  return codes;
}

/** Uses a code, at most once even with parallel requests. One round trip. @returns whether it was valid and unused */
export const spendCode = ({ clock }: CallContext, userId: UserId, code: string): Promise<boolean> =>
  repository.spend(userId, hashOfCode(userId, code), clock.now().toISOString());

/** Returns the number of unused codes. */
export const codesLeft = (userId: UserId): Promise<number> => repository.count(userId);

/** Deletes the codes of a user. Idempotent. */
export const removeCodes = (userId: UserId): Promise<void> => repository.remove(userId);
