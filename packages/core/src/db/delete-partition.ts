import { BatchWriteCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { retry } from "../retry.ts";
import { inParallel } from "./parallel.ts";
import { table } from "./table.ts";

type Key = Record<string, unknown>;

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
export async function deletePartition(pk: string, hasTime: () => boolean): Promise<boolean> {
  let start: Key | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.getDocumentClient().send(
      new QueryCommand({
        TableName: table.getName(),
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": pk },
        ProjectionExpression: "pk, sk",
        ConsistentRead: true,
        Limit: keysInPage,
        ExclusiveStartKey: start,
      }),
    );
    await inParallel(batchesOf(Items), batchesAtOnce, removeAll);
    start = LastEvaluatedKey;
  } while (start && hasTime());
  return start === undefined;
}

function batchesOf(keys: readonly Key[]): Key[][] {
  return Array.from({ length: Math.ceil(keys.length / keysInBatch) }, (_, index) =>
    keys.slice(index * keysInBatch, (index + 1) * keysInBatch),
  );
}

/**
 * Deletes one batch. If DynamoDB returns 5 of 25 keys as unprocessed, the next attempt deletes these 5.
 *
 * @throws temporarily-unavailable when keys are left after the last attempt
 */
async function removeAll(keys: readonly Key[]): Promise<void> {
  const name = table.getName();
  let requests: NonNullable<BatchWriteCommand["input"]["RequestItems"]>[string] = keys.map(({ pk, sk }) => ({
    DeleteRequest: { Key: { pk, sk } },
  }));
  const removeLeft = async () => {
    const command = new BatchWriteCommand({ RequestItems: { [name]: requests } });
    const { UnprocessedItems } = await table.getDocumentClient().send(command);
    requests = UnprocessedItems?.[name] ?? [];
    if (requests.length > 0) throw new UnprocessedKeysError("BatchWriteItem left keys unprocessed");
  };
  const isTemporary = (error: unknown) => error instanceof UnprocessedKeysError;
  await retry(removeLeft, { attempts, firstWaitMilliseconds: 100, isTemporary });
}
