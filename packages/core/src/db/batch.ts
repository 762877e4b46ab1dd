import { BatchGetCommand, BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { retry } from "../retry.ts";
import type { Key } from "./entity.ts";
import type { Item } from "./stored-format.ts";
import { documents, tableName } from "./table.ts";

/** DynamoDB skipped a part of a batch, for example because it was throttled. */
class UnprocessedKeysError extends Error {
  override readonly name = "UnprocessedKeysError";
}

/**
 * Sends the keys of a batch, and again those that DynamoDB skipped. If it skips 5 of 25 keys, the next attempt sends
 * these 5.
 *
 * @param send returns the skipped keys
 * @throws temporarily-unavailable when keys are left after the last attempt
 */
async function sendAll(
  keys: readonly Item[],
  limits: { readonly attempts: number; readonly firstWaitMilliseconds: number },
  send: (left: Item[]) => Promise<Item[] | undefined>,
): Promise<void> {
  let left = keys.map(({ pk, sk }): Item => ({ pk, sk }));
  const sendLeft = async () => {
    left = (await send(left)) ?? [];
    if (left.length > 0) throw new UnprocessedKeysError("DynamoDB left keys unprocessed");
  };
  await retry(sendLeft, { ...limits, isTemporary: (error) => error instanceof UnprocessedKeysError });
}

const keysInGet = 100;

/**
 * Returns the items with these keys, in the order of the keys, and undefined for a missing item. The keys must differ.
 * One consistent round trip per 100 keys, and more if DynamoDB skips some.
 *
 * @throws temporarily-unavailable when keys were skipped repeatedly, so that they do not look like missing items
 */
export async function batchGet(keys: readonly Key[]): Promise<(Item | undefined)[]> {
  const name = tableName();
  const found: Item[] = [];
  for (let start = 0; start < keys.length; start += keysInGet) {
    const batch = keys.slice(start, start + keysInGet);
    await sendAll(batch, { attempts: 3, firstWaitMilliseconds: 50 }, async (Keys) => {
      const command = new BatchGetCommand({ RequestItems: { [name]: { Keys, ConsistentRead: true } } });
      const { Responses, UnprocessedKeys } = await documents().send(command);
      found.push(...(Responses?.[name] ?? []));
      return UnprocessedKeys?.[name]?.Keys;
    });
  }
  return keys.map(({ pk, sk }) => found.find((item) => item.pk === pk && item.sk === sk));
}

/** Deletes up to 25 items. Idempotent. @throws temporarily-unavailable when keys were skipped repeatedly */
export async function batchDelete(keys: readonly Item[]): Promise<void> {
  const name = tableName();
  await sendAll(keys, { attempts: 6, firstWaitMilliseconds: 100 }, async (left) => {
    const requests = left.map((Key) => ({ DeleteRequest: { Key } }));
    const { UnprocessedItems } = await documents().send(new BatchWriteCommand({ RequestItems: { [name]: requests } }));
    return UnprocessedItems?.[name]?.flatMap(({ DeleteRequest }) => DeleteRequest?.Key ?? []);
  });
}
