import type { MediaStorage } from "./media.processing.ts";
import { variantKey } from "./media.variants.ts";

interface TestFile {
  readonly content: Buffer;
}

/**
 * Creates two in-memory buckets that can fail or run a callback before a write. The API tests cover the behavior of S3
 * itself.
 */
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
        const { content } = file;
        return { bytes: content.length, read: async () => content, discard: () => {} };
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
    /** Number of variant writes. */
    writes: () => writes,
    arrive: (key: string, file: TestFile) => void uploads.set(key, file),
    /** Makes every write after `count` more writes fail. */
    failAfter(count: number) {
      failing = count;
      writes = 0;
    },
    beforeWrite(at: number, run: () => Promise<unknown>) {
      interruption = { at, run };
    },
  };
}
