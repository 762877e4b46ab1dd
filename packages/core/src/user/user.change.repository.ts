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
 * Writes a profile that was read and changed, with what else changes by that, in one transaction.
 *
 * @param others the first one is the write of what readers see of the user
 * @throws OptimisticLockError when it is not the version before any more
 * @throws handle-taken when the first of the others is refused
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
