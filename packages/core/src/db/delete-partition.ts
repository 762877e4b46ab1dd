import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { retry } from "../retry.ts";
import { inParallel } from "./parallel.ts";
import { queryPages } from "./query.ts";
import type { Item } from "./stored-format.ts";
import { documents, tableName } from "./table.ts";

const keysInPage = 1_000;
const keysInBatch = 25;
const batchesAtOnce = 8;
const attempts = 6;

/** DynamoDB processed only a part of a batch, because the partition is throttled. */
class UnprocessedKeysError extends Error {
  override readonly name = "UnprocessedKeysError";
}

/**
 * Deletes all items of a partition that is no longer referenced, 1,000 items at a time. Idempotent.
 *
 * Example: a partition has 2,500 items and `hasTime` returns false after the first page. The call returns false and
 * leaves 1,500 items, which the next call deletes.
 *
 * @param hasTime called after each page, while items are left; return false to stop
 * @returns whether the partition is empty
 */
export async function deletePartition(partition: string, hasTime: () => boolean): Promise<boolean> {
  for await (const { items, next } of queryPages({ partition, only: "keys", limit: keysInPage })) {
    await inParallel(batchesOf(items), batchesAtOnce, removeAll);
    if (next && !hasTime()) return false;
  }
  return true;
}

function batchesOf(keys: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(keys.length / keysInBatch) }, (_, index) =>
    keys.slice(index * keysInBatch, (index + 1) * keysInBatch),
  );
}

/**
 * Deletes one batch. If DynamoDB returns 5 of 25 keys as unprocessed, the next attempt deletes these 5.
 *
 * @throws temporarily-unavailable when keys are left after the last attempt
 */
async function removeAll(keys: readonly Item[]): Promise<void> {
  const name = tableName();
  let requests: NonNullable<BatchWriteCommand["input"]["RequestItems"]>[string] = keys.map(({ pk, sk }) => ({
    DeleteRequest: { Key: { pk, sk } },
  }));
  const removeLeft = async () => {
    const command = new BatchWriteCommand({ RequestItems: { [name]: requests } });
    const { UnprocessedItems } = await documents().send(command);
    requests = UnprocessedItems?.[name] ?? [];
    if (requests.length > 0) throw new UnprocessedKeysError("BatchWriteItem left keys unprocessed");
  };
  const isTemporary = (error: unknown) => error instanceof UnprocessedKeysError;
  await retry(removeLeft, { attempts, firstWaitMilliseconds: 100, isTemporary });
}
