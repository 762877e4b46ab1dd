import { Entity } from "dynamodb-toolbox/entity";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { $add, $get } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { item, string } from "dynamodb-toolbox/schema";
import { watermarkKey } from "./keys.ts";
import { itemAttributes, table } from "./table.ts";

const WatermarkItem = new Entity({
  name: "watermark",
  table,
  timestamps: false,
  schema: item({ schedule: string().key(), upTo: string(), ...itemAttributes }),
  computeKey: ({ schedule }) => watermarkKey(schedule),
});

/**
 * Returns the time up to which a schedule has finished its work, or undefined before its first run. One consistent
 * round trip.
 */
export async function readWatermark(schedule: string): Promise<Date | undefined> {
  const { Item } = await WatermarkItem.build(GetItemCommand).key({ schedule }).options({ consistent: true }).send();
  return Item && new Date(Item.upTo);
}

/**
 * Moves the watermark forward, never back. If one run has stored 10:05, another run that finishes later with 10:03
 * changes nothing.
 */
export async function moveWatermark(schedule: string, upTo: Date, now: Date): Promise<void> {
  const [time, at] = [upTo.toISOString(), now.toISOString()];
  const command = WatermarkItem.build(UpdateAttributesCommand)
    .item({ schedule, schemaVersion: 1, upTo: time, createdAt: $get("createdAt", at), updatedAt: at, version: $add(1) })
    .options({
      condition: {
        or: [
          { attr: "version", exists: false },
          { attr: "upTo", lt: time },
        ],
      },
    });
  try {
    await command.send();
  } catch (error) {
    if (!isConditionCheckFailed(error)) throw error;
  }
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
