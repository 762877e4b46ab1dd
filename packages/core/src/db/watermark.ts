import * as z from "zod";
import { entity } from "./entity.ts";
import { watermarkKey } from "./keys.ts";
import { isNew } from "./version.ts";
import { writeIf } from "./write.ts";

const watermarks = entity({
  name: "watermark",
  schema: z.object({ schedule: z.string(), upTo: z.iso.datetime() }),
  keyFields: ["schedule"],
  keyOf: ({ schedule }) => watermarkKey(schedule),
});

/**
 * Returns the time up to which a schedule has finished its work, or undefined before its first run. One consistent
 * round trip.
 */
export async function readWatermark(schedule: string): Promise<Date | undefined> {
  const watermark = await watermarks.get({ schedule });
  return watermark && new Date(watermark.upTo);
}

/**
 * Moves the watermark forward, never back. If one run has stored 10:05, another run that finishes later with 10:03
 * changes nothing.
 */
export async function moveWatermark(schedule: string, time: Date, now: Date): Promise<void> {
  const upTo = time.toISOString();
  await writeIf(watermarks.upsert({ schedule }, { upTo }, now.toISOString(), [isNew, { upTo: { lt: upTo } }]));
}

const dayMilliseconds = 24 * 60 * 60 * 1_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/**
 * Yields the UTC days from one time to another, both included, as `yyyy-mm-dd`. From 2026-11-30T23:59Z to
 * 2026-12-01T00:01Z it yields `2026-11-30` and `2026-12-01`.
 */
export function* daysBetween(from: Date, to: Date): Generator<string> {
  const last = dayOf(to.getTime());
  for (let time = from.getTime(); dayOf(time) <= last; time += dayMilliseconds) yield dayOf(time);
}
