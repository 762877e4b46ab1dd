import { UpdateTransaction } from "dynamodb-toolbox/entity/actions/transactUpdate";
import { execute, isTransactionCancelled } from "dynamodb-toolbox/entity/actions/transactWrite";
import { $remove, $set } from "dynamodb-toolbox/entity/actions/update/symbols";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";
import type { Write } from "../db/idempotency.ts";
import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { toPictureAttribute } from "../db/picture-attribute.ts";
import { Problem } from "../problem.ts";
import { ProfileItem, type ProfileRecord } from "./user.repository.ts";

/**
 * Stores a changed profile and dependent writes in one transaction.
 *
 * @param others dependent writes; the first is that of the author item, which readers see
 * @throws OptimisticLockError when the stored version is not the previous one
 * @throws handle-taken when the condition of the first dependent write fails
 */
export async function change(profile: ProfileRecord, others: readonly Write[]): Promise<void> {
  const { id, name, handle, bio, avatar, updatedAt, version } = profile;
  const put = ProfileItem.build(UpdateTransaction)
    .item({
      id,
      name: name ?? $remove(),
      ...(handle !== null && { handle }),
      bio,
      avatar: avatar ? $set(toPictureAttribute(avatar)) : $remove(),
      updatedAt,
      version,
    })
    .options({ condition: { attr: "version", eq: version - 1 } });
  try {
    await retryTransactionConflicts(() => execute(put, ...others));
  } catch (error) {
    const [changed, refused] = (isTransactionCancelled(error) ? error.CancellationReasons : undefined) ?? [];
    if (changed?.Code === "ConditionalCheckFailed") throw new OptimisticLockError({ cause: error });
    if (refused?.Code === "ConditionalCheckFailed") throw new Problem("handle-taken", { cause: error });
    throw error;
  }
}
