/** What waits for its next event, the longest first: it ends when it has waited too long, or when others need its memory. */
export interface IdleList<Item> {
  add(item: Item, end: () => Promise<void>): void;
  remove(item: Item): void;
  /** Before one more is started beside the `existing`: ends one that waits, if there are as many as may be. */
  makeRoom(existing: number): void;
  close(): void;
}

/** Those that are busy are never counted out: one may be waiting for the answer of another. */
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
