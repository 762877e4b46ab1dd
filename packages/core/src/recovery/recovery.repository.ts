import { Entity } from "dynamodb-toolbox/entity";
import { DeleteItemCommand } from "dynamodb-toolbox/entity/actions/delete";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { PutItemCommand } from "dynamodb-toolbox/entity/actions/put";
import { $delete, UpdateItemCommand } from "dynamodb-toolbox/entity/actions/update";
import { $add } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { item, set, string } from "dynamodb-toolbox/schema";
import { recoveryCodesKey } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { UserId } from "../ids.ts";

const RecoveryCodesItem = new Entity({
  name: "recovery-codes",
  table,
  timestamps: false,
  schema: item({
    userId: string().key(),
    /** Hashes of the unused codes. Missing after the last one, because DynamoDB has no empty sets. */
    hashes: set(string()).optional(),
    ...itemAttributes,
  }),
  computeKey: ({ userId }) => recoveryCodesKey(UserId.parse(userId)),
});

/** Replaces all codes of a user. `now` is an ISO 8601 time. */
export async function replace(userId: UserId, hashes: readonly string[], now: string): Promise<void> {
  await RecoveryCodesItem.build(PutItemCommand)
    .item({ userId, hashes: new Set(hashes), createdAt: now, updatedAt: now, version: 1 })
    .send();
}

/** Marks a code as used. @returns whether it was valid and unused */
export async function spend(userId: UserId, hash: string, now: string): Promise<boolean> {
  const command = RecoveryCodesItem.build(UpdateItemCommand)
    .item({ userId, hashes: $delete(new Set([hash])), updatedAt: now, version: $add(1) })
    .options({ condition: { attr: "hashes", contains: hash } });
  try {
    await command.send();
    return true;
  } catch (error) {
    if (isConditionCheckFailed(error)) return false;
    throw error;
  }
}

/** Returns the number of unused codes, in one consistent round trip. */
export async function count(userId: UserId): Promise<number> {
  const { Item } = await RecoveryCodesItem.build(GetItemCommand).key({ userId }).options({ consistent: true }).send();
  return Item?.hashes?.size ?? 0;
}

/** Deletes all codes of a user, when the second factor is turned off. Idempotent. */
export async function remove(userId: UserId): Promise<void> {
  await RecoveryCodesItem.build(DeleteItemCommand).key({ userId }).send();
}
