import { Entity } from "dynamodb-toolbox/entity";
import { $add, $get } from "dynamodb-toolbox/entity/actions/update/symbols";
import { UpdateAttributesCommand } from "dynamodb-toolbox/entity/actions/updateAttributes";
import { item, string } from "dynamodb-toolbox/schema";
import { QueryCommand } from "dynamodb-toolbox/table/actions/query";
import type { Clock } from "../clock.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import { monthKey, monthsPartition } from "../db/keys.ts";
import { itemAttributes, table } from "../db/table.ts";
import { Month } from "./published-post.ts";

const MonthItem = new Entity({
  name: "month",
  table,
  timestamps: false,
  schema: item({ month: string().key(), ...itemAttributes }),
  computeKey: ({ month }) => monthKey(month),
});

/** Returns the months with published posts, newest first, in one consistent round trip. */
export async function listMonths({ limit, cursor }: PageQuery): Promise<Page<Month>> {
  const cursors = cursorOf("months", Month);
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  // Read one item more than the page holds, so that the last page has no link to an empty page.
  const { Items = [], LastEvaluatedKey } = await table
    .build(QueryCommand)
    .entities(MonthItem)
    .query({ partition: monthsPartition })
    .options({
      consistent: true,
      reverse: true,
      entityAttrFilter: false,
      limit: limit + 1,
      ...(after && { exclusiveStartKey: monthKey(after) }),
    })
    .send();
  const items = Items.slice(0, limit).map(({ month }) => Month.parse(month));
  const last = items.at(-1);
  const more = Items.length > limit || LastEvaluatedKey !== undefined;
  return { items, next: more && last ? cursors.encode(last) : undefined };
}

/** Adds a month to the archive in one write. Idempotent. */
export async function openMonth(month: Month, clock: Clock): Promise<void> {
  const now = clock.now().toISOString();
  await MonthItem.build(UpdateAttributesCommand)
    .item({ month, schemaVersion: 1, createdAt: $get("createdAt", now), updatedAt: now, version: $add(1) })
    .send();
}
