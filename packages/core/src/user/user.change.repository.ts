import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { ConditionFailed, transact, type Write } from "../db/write.ts";
import { Problem } from "../problem.ts";
import { type ProfileRecord, profiles } from "./user.repository.ts";

/**
 * Stores a changed profile and dependent writes in one transaction.
 *
 * @param others dependent writes; the first is that of the author item, which readers see
 * @throws OptimisticLockError when the stored version is not the previous one
 * @throws handle-taken when the condition of the first dependent write fails
 */
export async function change(profile: ProfileRecord, others: readonly Write[]): Promise<void> {
  const { id, email, name, handle, bio, avatar, updatedAt, version } = profile;
  const changes = { email, name, handle, bio, avatar, updatedAt, version };
  try {
    await transact([profiles.update({ id }, changes, { version: version - 1 }), ...others]);
  } catch (error) {
    if (!(error instanceof ConditionFailed) || error.index > 1) throw error;
    throw error.index === 0 ? new OptimisticLockError({ cause: error }) : new Problem("handle-taken", { cause: error });
  }
}
