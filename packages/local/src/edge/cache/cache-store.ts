import type { OutgoingHttpHeaders } from "node:http";
import type { Lifetime } from "./freshness.ts";

/** A cached response: the origin's, after compression. */
export interface Entry {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
  readonly lifetime: Lifetime;
  /** Time of storage, in milliseconds of the cache's clock. */
  readonly storedAt: number;
  /** Time until which a failed origin is not retried, in milliseconds of the cache's clock. */
  readonly restsUntil: number;
  /** Path before and after the viewer-request function. An invalidation can name either. */
  readonly paths: readonly string[];
  /** The origin that responded, for the log. */
  readonly from?: string;
}

/** Estimated size of an entry's key and headers, in bytes. */
const overhead = 2_000;
const sizeOf = ({ body }: Entry) => body.length + overhead;

/** Stores entries up to a total size in bytes. Evicts the least recently used entries. */
export function createStore(limit: number) {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  const remove = (key: string) => {
    const entry = entries.get(key);
    if (entry) bytes -= sizeOf(entry);
    return entries.delete(key);
  };
  return {
    get(key: string): Entry | undefined {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry;
    },
    set(key: string, entry: Entry): void {
      remove(key);
      if (sizeOf(entry) > limit) return;
      entries.set(key, entry);
      bytes += sizeOf(entry);
      for (const oldest of entries.keys()) {
        if (bytes <= limit) break;
        remove(oldest);
      }
    },
    remove,
    /** Removes the matching entries. Returns their number. */
    removeAll(isMeant: (entry: Entry) => boolean): number {
      return [...entries].filter(([key, entry]) => isMeant(entry) && remove(key)).length;
    },
  };
}
