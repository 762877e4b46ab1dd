/**
 * Calls `run` for each item, at most `limit` at a time. With `limit` 8 and 20 items, the first 8 start at once, and
 * each that ends starts the next. Starts no item after a failure. Rejects with the first failure and does not wait for
 * the items that are still running.
 *
 * @param hasTime checked before each item; false starts no further item
 * @returns whether all items were processed
 */
export async function inParallel<Item>(
  items: readonly Item[],
  limit: number,
  run: (item: Item) => Promise<unknown>,
  hasTime = () => true,
): Promise<boolean> {
  const waiting = items.values();
  let ended = false;
  const work = async () => {
    for (const item of waiting) {
      ended ||= !hasTime();
      if (ended) return;
      try {
        await run(item);
      } catch (error) {
        ended = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return !ended;
}
