import { DeleteItemCommand } from "dynamodb-toolbox/entity/actions/delete";
import { GetItemCommand } from "dynamodb-toolbox/entity/actions/get";
import { $add, $get } from "dynamodb-toolbox/entity/actions/update/symbols";
import { isConditionCheckFailed, UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import type { Clock } from "../clock.ts";
import { monthPartition } from "../db/keys.ts";
import { ChangedMeanwhile, rewrite } from "../db/rewrite.ts";
import { MonthItem } from "./post.months.repository.ts";
import { listEntries } from "./post.page.repository.ts";
import type { Month } from "./post.ts";

/** Lists a month, in which something has been published; one write, which may be repeated. */
export async function openMonth(month: Month, clock: Clock): Promise<void> {
  const now = clock.now().toISOString();
  await MonthItem.build(UpdateAttributesCommand)
    // A new version each time: whoever has found nothing in the month before must not remove it now.
    .item({ month, schemaVersion: 1, createdAt: $get("createdAt", now), updatedAt: now, version: $add(1) })
    .send();
}

/** Takes a month from the list, if there is nothing in it any more. May be repeated, and come in any order. */
export async function closeMonth(month: Month): Promise<void> {
  await rewrite(async () => {
    const { Item: listed } = await MonthItem.build(GetItemCommand).key({ month }).options({ consistent: true }).send();
    if (!listed || (await listEntries(monthPartition(month), { limit: 1 })).items.length > 0) return;
    try {
      await MonthItem.build(DeleteItemCommand)
        .key({ month })
        .options({ condition: { attr: "version", eq: listed.version } })
        .send();
    } catch (error) {
      throw isConditionCheckFailed(error) ? new ChangedMeanwhile({ cause: error }) : error;
    }
  });
}
