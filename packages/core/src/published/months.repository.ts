import * as z from "zod";
import type { Clock } from "../clock.ts";
import type { Page, PageQuery } from "../contract/page.ts";
import { cursorOf } from "../db/cursor.ts";
import { entity } from "../db/entity.ts";
import { monthKey, monthsPartition } from "../db/keys.blog.ts";
import { queryPage } from "../db/query.ts";
import { write } from "../db/write.ts";
import { Month } from "./published-post.ts";

const months = entity({
  name: "month",
  schema: z.object({ month: Month }),
  keyFields: ["month"],
  keyOf: ({ month }) => monthKey(month),
});

/** Returns the months with published posts, newest first, in one consistent round trip. */
export async function listMonths(page: PageQuery): Promise<Page<Month>> {
  const position = { cursors: cursorOf("months", Month), of: ({ month }: { month: Month }) => month, keyAt: monthKey };
  const { items, next } = await queryPage(months, { partition: monthsPartition, reverse: true }, position, page);
  return { items: items.map(({ month }) => month), next };
}

/** Adds a month to the archive in one write. Idempotent. */
export async function openMonth(month: Month, clock: Clock): Promise<void> {
  await write(months.upsert({ month }, {}, clock.now().toISOString()));
}
