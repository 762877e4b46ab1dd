import type { MediaStorage } from "./media.processing.ts";
import { variantKey } from "./media.variants.ts";

interface TestFile {
  readonly content: Buffer;
  readonly type: string;
}

/** Two buckets in memory that fail, or let something happen in between, when a test wants them to; the API tests have S3's own manners. */
export function testBuckets(arrived: Readonly<Record<string, TestFile>>) {
  const uploads = new Map(Object.entries(arrived));
  const variants = new Map<string, Buffer>();
  let writes = 0;
  let failing = Number.POSITIVE_INFINITY;
  let interruption: { readonly at: number; readonly run: () => Promise<unknown> } | undefined;
  const storage: MediaStorage = {
    uploads: {
      async open(key) {
        const file = uploads.get(key);
        if (!file) return undefined;
        const { type, content } = file;
        return { type, bytes: content.length, read: async () => content, discard: () => {} };
      },
      remove: async (key) => void uploads.delete(key),
    },
    variants: {
      async put(id, { width, format, content }) {
        writes += 1;
        if (writes > failing) throw new Error("The bucket is gone");
        if (writes === interruption?.at) await interruption.run();
        variants.set(variantKey(id, width, format), content);
      },
      async removeAll(id) {
        for (const key of variants.keys()) if (key.startsWith(`${id}/`)) variants.delete(key);
      },
    },
  };
  return {
    storage,
    uploads: () => [...uploads.keys()].sort(),
    variants: () => [...variants.keys()].sort(),
    /** How often a variant was written. */
    writes: () => writes,
    arrive: (key: string, file: TestFile) => void uploads.set(key, file),
    /** Every further write fails. */
    failAfter(count: number) {
      failing = count;
      writes = 0;
    },
    beforeWrite(at: number, run: () => Promise<unknown>) {
      interruption = { at, run };
    },
  };
}
