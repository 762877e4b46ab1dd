import { batchDelete } from "./batch.ts";
import { inParallel } from "./parallel.ts";
import { queryPages } from "./query.ts";

const keysInPage = 1_000;
const keysInBatch = 25;
const batchesAtOnce = 8;

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
    const batches = Array.from({ length: Math.ceil(items.length / keysInBatch) }, (_, index) =>
      items.slice(index * keysInBatch, (index + 1) * keysInBatch),
    );
    await inParallel(batches, batchesAtOnce, batchDelete);
    if (next && !hasTime()) return false;
  }
  return true;
}
