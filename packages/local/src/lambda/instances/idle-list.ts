/**
 * Items that wait for their next event, the longest waiting first. An item ends when it has waited too long, or when
 * others need its memory.
 */
export interface IdleList<Item> {
  add(item: Item, end: () => Promise<void>): void;
  remove(item: Item): void;
  /** Call before starting another item. Ends the longest waiting item if `existing` items have reached the maximum. */
  makeRoom(existing: number): void;
  close(): void;
}

/**
 * Creates the list. Busy items are never ended: one may be waiting for the response of another. The number of items can
 * therefore exceed the maximum. Example: with a maximum of 64 and 64 busy items, a 65th starts.
 */
export function createIdleList<Item>({
  maxInstances,
  idleMs,
}: {
  maxInstances: number;
  idleMs: number;
}): IdleList<Item> {
  const waiting = new Map<Item, { end: () => Promise<void>; timer: NodeJS.Timeout }>();
  const remove = (item: Item) => {
    clearTimeout(waiting.get(item)?.timer);
    waiting.delete(item);
  };
  return {
    add(item, end) {
      const timer = setTimeout(() => void end(), idleMs).unref();
      waiting.set(item, { end, timer });
    },
    remove,
    makeRoom(existing) {
      if (existing < maxInstances) return;
      const [longest] = waiting.values();
      void longest?.end();
    },
    close() {
      for (const item of [...waiting.keys()]) remove(item);
    },
  };
}
