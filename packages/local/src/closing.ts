import { setTimeout as delay } from "node:timers/promises";

/** Returns a function that runs `close` on its first call. Further calls get the same promise. */
export function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => (closing ??= close());
}

/** Time in milliseconds that work in progress has to end when its service closes. */
export const graceMs = 2000;

/** Waits until all work has ended, but not longer than the grace period. */
export async function ended(work: Iterable<Promise<unknown>>): Promise<void> {
  await Promise.race([Promise.all(work), delay(graceMs, undefined, { ref: false })]);
}
