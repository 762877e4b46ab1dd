import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { DeleteTransaction } from "dynamodb-toolbox/entity/actions/transactDelete";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { execute, isTransactionCancelled } from "dynamodb-toolbox/entity/actions/transactWrite";
import { retryTransactionConflicts } from "../db/dynamodb-errors.ts";

import type { Write } from "../db/idempotency.ts";
import { OptimisticLockError } from "../db/optimistic-retry.ts";
import { isNew } from "../db/version.ts";
import type { UserId } from "../ids.ts";
import { DeletedUserItem, ProfileItem, type ProfileRecord } from "./user.repository.ts";

/** How long a deletion is recorded. Longer than the lifetime of any access token and of any request made with it. */
const rememberedSeconds = 2 * 24 * 60 * 60;

/** Returns whether the user was deleted, in one consistent round trip. */
export async function isDeleted(id: UserId): Promise<boolean> {
  const { Item } = await DeletedUserItem.build(GetItemCommand).key({ id }).options({ consistent: true }).send();
  return Item !== undefined;
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
  const time = now.toISOString();
  const remember = DeletedUserItem.build(PutTransaction)
    .item({
      id,
      expiresAt: Math.floor(now.getTime() / 1000) + rememberedSeconds,
      ...{ createdAt: time, updatedAt: time, version: 1 },
    })
    .options({ condition: isNew });
  const remove = ProfileItem.build(DeleteTransaction)
    .key({ id })
    .options({ condition: profile ? { attr: "version", eq: profile.version } : isNew });
  try {
    await retryTransactionConflicts(() => execute(remember, remove, ...others));
  } catch (error) {
    const [already, changed] = (isTransactionCancelled(error) ? error.CancellationReasons : undefined) ?? [];
    if (already?.Code === "ConditionalCheckFailed") return;
    if (changed?.Code === "ConditionalCheckFailed") throw new OptimisticLockError({ cause: error });
    throw error;
  }
}
