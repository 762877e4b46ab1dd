/**
 * Calls `run` for each item, at most `limit` at a time. With `limit` 8 and 20 items, the first 8 start at once, and
 * each that ends starts the next. Rejects with the first failure and does not wait for the items that are still
 * running.
 */
export async function inParallel<Item>(
  items: readonly Item[],
  limit: number,
  run: (item: Item) => Promise<unknown>,
): Promise<void> {
  const waiting = items.values();
  const work = async () => {
    for (const item of waiting) await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
}
