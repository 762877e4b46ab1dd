import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { DeleteTransaction } from "dynamodb-toolbox/entity/actions/transactDelete";
import { PutTransaction } from "dynamodb-toolbox/entity/actions/transactPut";
import { execute, isTransactionCancelled } from "dynamodb-toolbox/entity/actions/transactWrite";
import { retryConflicts } from "../db/failures.ts";
import { isNew } from "../db/version.ts";
import type { UserId } from "../ids.ts";
import { DeletedUserItem, ProfileItem } from "./user.repository.ts";

/** How long a deletion is remembered: any access token is over by then, and so is any request that it began. */
const rememberedSeconds = 2 * 24 * 60 * 60;

/** Whether the user was deleted; one consistent round trip. */
export async function isDeleted(id: UserId): Promise<boolean> {
  const { Item } = await DeletedUserItem.build(GetItemCommand).key({ id }).options({ consistent: true }).send();
  return Item !== undefined;
}

/** Deletes the profile, and remembers that, in one transaction; doing it again changes nothing. */
export async function removeProfile(id: UserId, now: Date): Promise<void> {
  const time = now.toISOString();
  const remember = DeletedUserItem.build(PutTransaction)
    .item({
      id,
      expiresAt: Math.floor(now.getTime() / 1000) + rememberedSeconds,
      ...{ createdAt: time, updatedAt: time, version: 1 },
    })
    .options({ condition: isNew });
  try {
    await retryConflicts(() => execute(remember, ProfileItem.build(DeleteTransaction).key({ id })));
  } catch (error) {
    const already = isTransactionCancelled(error) && error.CancellationReasons?.[0]?.Code === "ConditionalCheckFailed";
    if (!already) throw error;
  }
}
