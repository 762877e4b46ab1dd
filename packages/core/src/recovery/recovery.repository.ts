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
    /** Of the codes that are not used yet. DynamoDB has no empty sets: it is missing after the last one. */
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

/** Spends a code. @returns whether it was one that nobody had used */
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

/** How many codes are left; one consistent round trip. */
export async function count(userId: UserId): Promise<number> {
  const { Item } = await RecoveryCodesItem.build(GetItemCommand).key({ userId }).options({ consistent: true }).send();
  return Item?.hashes?.size ?? 0;
}

/** Removes the codes with the second factor that they belong to. Idempotent. */
export async function remove(userId: UserId): Promise<void> {
  await RecoveryCodesItem.build(DeleteItemCommand).key({ userId }).send();
}
