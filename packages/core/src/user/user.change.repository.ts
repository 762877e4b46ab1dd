import type { Clock } from "../clock.ts";
import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { rateLimitExceeded, rateLimitWrite } from "../db/rate-limit.ts";
import { ConditionFailed, transact, type Write } from "../db/write.ts";
import { Problem } from "../problem.ts";
import { profileRate } from "./user.limits.ts";
import { type ProfileRecord, profiles } from "./user.repository.ts";

/**
 * Stores a changed profile and dependent writes in one transaction, and counts it against the user's rate limit.
 *
 * @param others dependent writes
 * @throws OptimisticLockError when the stored version is not the previous one
 * @throws a problem or `ConditionFailed` when the condition of a dependent write fails
 * @throws too-many-requests
 */
export async function change(profile: ProfileRecord, others: readonly Write[], clock: Clock): Promise<void> {
  const { id, email: _, createdAt: __, ...changes } = profile;
  const { version } = changes;
  const counter = rateLimitWrite(id, "profile", profileRate, clock);
  try {
    await transact([profiles.update({ id }, changes, { version: version - 1 }), ...others, counter]);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    if (error.index > others.length) throw rateLimitExceeded(profileRate, clock, { cause: error });
    if (error.index === 0) throw new OptimisticLockError({ cause: error });
    if (error.index === 1) throw new Problem("handle-taken", { cause: error }); // #blog
    throw error;
  }
}

/**
 * Stores a changed address. It has no rate limit, because Cognito limits the codes that confirm an address.
 *
 * @throws OptimisticLockError when the stored version is not the previous one
 */
export async function changeAddress({ id, email, updatedAt, version }: ProfileRecord): Promise<void> {
  try {
    await transact([profiles.update({ id }, { email, updatedAt, version }, { version: version - 1 })]);
  } catch (error) {
    throw error instanceof ConditionFailed ? new OptimisticLockError({ cause: error }) : error;
  }
}
