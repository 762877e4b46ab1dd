import type { StreamRecord } from "../dynamodb/table-streams.ts";

/** Records with their places in what was read. */
export type Lane = readonly { readonly record: StreamRecord; readonly place: number }[];

/** The same number for the same item, in whatever order a record names its keys; well spread over items. */
function hashOf({ dynamodb: { Keys } }: StreamRecord): number {
  const keys = Object.entries(Keys).sort(([a], [b]) => (a < b ? -1 : 1));
  let hash = 0;
  for (const letter of JSON.stringify(keys)) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return hash;
}

/** Splits records into so many lanes at the most: all records of an item are in one, in their order. */
export function lanesOf(records: readonly StreamRecord[], count: number): Lane[] {
  const lanes = Array.from({ length: count }, (): { record: StreamRecord; place: number }[] => []);
  for (const [place, record] of records.entries())
    lanes[count === 1 ? 0 : hashOf(record) % count]?.push({ record, place });
  return lanes.filter((lane) => lane.length > 0);
}

/** Keeps what was dealt with out of order, so that a checkpoint never passes what was not. */
export function createProgress(total: number) {
  const done = new Set<number>();
  let passed = 0;
  return {
    /** @returns how many of the first records are all dealt with */
    finish(places: readonly number[]): number {
      for (const place of places) done.add(place);
      while (passed < total && done.has(passed)) passed += 1;
      return passed;
    },
  };
}
