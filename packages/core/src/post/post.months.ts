import { $add, $get } from "dynamodb-toolbox/entity/actions/update/symbols";
import { UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import type { Clock } from "../clock.ts";
import { MonthItem } from "./post.months.repository.ts";
import type { Month } from "./post.ts";

/** Lists a month, in which something has been published; one write, which may be repeated. */
export async function openMonth(month: Month, clock: Clock): Promise<void> {
  const now = clock.now().toISOString();
  await MonthItem.build(UpdateAttributesCommand)
    .item({ month, schemaVersion: 1, createdAt: $get("createdAt", now), updatedAt: now, version: $add(1) })
    .send();
}
