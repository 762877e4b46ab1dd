import * as z from "zod";
import { entity, firstVersion } from "../db/entity.ts";
import { recountKey, todoPartition, todoPrefix } from "../db/keys.ts";
import { queryCount } from "../db/query.ts";
import { write, writeIf } from "../db/write.ts";
import { ListId } from "../ids.ts";
import type { CountedTodos } from "../list/list.counts.service.ts";

const recounts = entity({
  name: "recount",
  schema: z.object({
    listId: ListId,
    epoch: z.int(),
    id: z.string(),
    openTodos: z.int().optional(),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: z.int(),
  }),
  keyFields: ["listId", "epoch"],
  keyOf: ({ listId, epoch }) => recountKey(listId, epoch),
});

/** How long a recount item is kept, in seconds, so that its result can be inspected. */
const keptSeconds = 24 * 60 * 60;

/** Writes the start marker of a recount to the stream. Replaces another recount of the same todos. */
export async function begin({ listId, epoch }: CountedTodos, id: string, now: Date): Promise<void> {
  const expiresAt = Math.floor(now.getTime() / 1000) + keptSeconds;
  await write(recounts.put({ listId, epoch, id, expiresAt, ...firstVersion(now.toISOString()) }));
}

/** Writes the end marker with the count, unless another recount replaced this one or its item is gone. */
export async function end(counted: CountedTodos, id: string, openTodos: number, now: Date): Promise<void> {
  await writeIf(recounts.update(counted, { openTodos, updatedAt: now.toISOString(), version: 2 }, { id }));
}

/** Counts the open todos of a list. Reads consistently, one round trip per megabyte of todos. */
export const countOpen = ({ listId, epoch }: CountedTodos): Promise<number> =>
  queryCount({
    partition: todoPartition(listId, epoch),
    sortKey: { beginsWith: todoPrefix },
    filter: { completed: false },
  });
