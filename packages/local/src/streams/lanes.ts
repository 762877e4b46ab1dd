import type { StreamRecord } from "../dynamodb/table-streams.ts";

/** Records with their indexes in the list that was read. */
export type Lane = readonly { readonly record: StreamRecord; readonly place: number }[];

/**
 * Hashes the keys of an item. The order of the keys in the record does not matter. Example: `{ pk: A, sk: x }` and
 * `{ sk: x, pk: A }` have the same hash.
 */
function hashOf({ dynamodb: { Keys } }: StreamRecord): number {
  const keys = Object.entries(Keys).sort(([a], [b]) => (a < b ? -1 : 1));
  let hash = 0;
  for (const letter of JSON.stringify(keys)) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return hash;
}

/**
 * Splits records into at most `count` lanes. All records of an item are in one lane, in their order. Example with 2
 * lanes: updates of the items A, B, A become `[A0, A2]` and `[B1]`, or one lane if A and B hash to the same lane.
 */
export function lanesOf(records: readonly StreamRecord[], count: number): Lane[] {
  const lanes = Array.from({ length: count }, (): { record: StreamRecord; place: number }[] => []);
  for (const [place, record] of records.entries())
    lanes[count === 1 ? 0 : hashOf(record) % count]?.push({ record, place });
  return lanes.filter((lane) => lane.length > 0);
}

/**
 * Tracks records that finish out of order, so that a checkpoint never passes an unfinished record. Example: the records
 * 0 and 2 are finished, so a checkpoint may pass 0 only.
 */
export function createProgress(total: number) {
  const done = new Set<number>();
  let passed = 0;
  return {
    /**
     * Marks records as finished and returns the number of leading records that are all finished.
     * Example with 4 records: `finish([1, 3])` returns 0. `finish([0])` then returns 2, because record 2 is unfinished.
     */
    finish(places: readonly number[]): number {
      for (const place of places) done.add(place);
      while (passed < total && done.has(passed)) passed += 1;
      return passed;
    },
  };
}
