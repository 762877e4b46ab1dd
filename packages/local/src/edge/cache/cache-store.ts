import type { OutgoingHttpHeaders } from "node:http";
import type { Lifetime } from "./freshness.ts";

/** An answer that is kept, as the origin gave it and CloudFront compressed it. */
export interface Entry {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
  readonly lifetime: Lifetime;
  /** Milliseconds of the cache's clock. */
  readonly storedAt: number;
  /** Until then a failing origin is not asked again; milliseconds of the cache's clock. */
  readonly restsUntil: number;
  /** Before and after the viewer-request function: either names it in an invalidation. */
  readonly paths: readonly string[];
  /** What answered, for the log. */
  readonly from?: string;
}

/** What an entry takes beside its body: its key and headers, roughly. */
const overhead = 2_000;
const sizeOf = ({ body }: Entry) => body.length + overhead;

/** Entries up to a number of bytes; those that nobody has asked for the longest make room. */
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
    /** Forgets the entries that are meant; returns how many they were. */
    removeAll(isMeant: (entry: Entry) => boolean): number {
      return [...entries].filter(([key, entry]) => isMeant(entry) && remove(key)).length;
    },
  };
}
