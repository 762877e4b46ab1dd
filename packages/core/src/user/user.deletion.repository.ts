import { firstVersion } from "../db/entity.ts";
import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { isNew } from "../db/version.ts";
import { ConditionFailed, transact, type Write } from "../db/write.ts";
import type { UserId } from "../ids.ts";
import { deletedUsers, type ProfileRecord, profiles } from "./user.repository.ts";

/** How long a deletion is recorded. Longer than the lifetime of any access token and of any request made with it. */
const rememberedSeconds = 2 * 24 * 60 * 60;

/** Returns whether the user was deleted, in one consistent round trip. */
export async function isDeleted(id: UserId): Promise<boolean> {
  return (await deletedUsers.get({ id })) !== undefined;
}

/**
 * Deletes a profile and records the deletion in one transaction. Idempotent.
 *
 * @param profile the profile as read, or undefined if there is none
 * @param others dependent writes
 * @throws OptimisticLockError when the profile has changed since it was read
 */
export async function removeProfile(
  id: UserId,
  profile: ProfileRecord | undefined,
  now: Date,
  others: readonly Write[],
): Promise<void> {
  const expiresAt = Math.floor(now.getTime() / 1000) + rememberedSeconds;
  const remember = deletedUsers.put({ id, expiresAt, ...firstVersion(now.toISOString()) }, isNew);
  const remove = profiles.delete({ id }, profile ? { version: profile.version } : isNew);
  try {
    await transact([remember, remove, ...others]);
  } catch (error) {
    if (!(error instanceof ConditionFailed) || error.index > 1) throw error;
    if (error.index === 1) throw new OptimisticLockError({ cause: error });
  }
}
