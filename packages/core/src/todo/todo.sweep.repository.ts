import * as z from "zod";
import { entity, firstVersion, nextVersion, type RecordOf } from "../db/entity.ts";
import { duePartition, sweepKey, todoKey, todoPartition, todoPrefix } from "../db/keys.ts";
import { inParallel } from "../db/parallel.ts";
import { queryOnce } from "../db/query.ts";
import { isNew } from "../db/version.ts";
import { type Write, writeIf } from "../db/write.ts";
import { ListId, TodoId, UserId } from "../ids.ts";
import type { ListAccess } from "../list/list.access.ts";
import { Problem } from "../problem.ts";
import { todos } from "./todo.repository.ts";

const sweeps = entity({
  name: "sweep",
  schema: z.object({
    listId: ListId,
    id: z.string(),
    epoch: z.int(),
    ownerId: UserId,
    change: z.enum(["complete", "reopen", "remove-completed"]),
    /** Epoch seconds; the table's TTL attribute. */
    expiresAt: z.int(),
  }),
  keyFields: ["listId"],
  keyOf: ({ listId }) => sweepKey(listId),
});

export type SweepChange = RecordOf<typeof sweeps>["change"];

/**
 * A change of all todos of a list that existed at the time `at` (ISO 8601). Comes from an authorized access or from a
 * stored sweep.
 *
 * Example: "complete" at 11:00 completes a todo that was updated at 10:00. If a part runs in the background, it skips a
 * todo that the user reopened at 11:10, because its `updatedAt` is later than 11:00.
 */
export interface Sweep {
  readonly listId: ListId;
  readonly epoch: number;
  readonly ownerId: UserId;
  readonly change: SweepChange;
  readonly at: string;
}

export const sweepOf = ({ list }: ListAccess, change: SweepChange, at: string): Sweep => ({
  listId: list.id,
  epoch: list.epoch,
  ownerId: list.ownerId,
  change,
  at,
});

/** Todos that a sweep may change. `next` is the last todo looked at, if there are more after it. */
interface Candidates {
  readonly ids: readonly TodoId[];
  readonly next: TodoId | undefined;
}

/**
 * Concurrent writes of a sweep. A partition takes 1,000 writes per second. More concurrent writes are throttled and may
 * time out. Example: at 10 ms per write, 10 concurrent writes are 1,000 writes per second.
 */
const writesAtOnce = 10;

/**
 * Reads the next `limit` todos in one round trip and returns those that the sweep changes. `limit` counts the todos
 * before the filter. Example: of 500 open and completed todos in turn, "complete" returns 250 ids.
 */
export async function findCandidates(
  { listId, epoch, change }: Sweep,
  { limit, after }: { readonly limit: number; readonly after?: TodoId | undefined },
): Promise<Candidates> {
  const { items, next } = await queryOnce({
    partition: todoPartition(listId, epoch),
    sortKey: { beginsWith: todoPrefix },
    filter: { completed: change !== "complete" },
    limit,
    after: after && todoKey(listId, epoch, after),
  });
  return {
    ids: items.map((item) => todos.read(item).id),
    next: next && TodoId.parse(String(next.sk).slice(todoPrefix.length)),
  };
}

/**
 * Changes these todos with one conditional write each. Skips deleted todos and those that already have the new state.
 * Example: a redelivered "complete" finds the todo completed and keeps its `completedAt` and version.
 *
 * @param spare whether to skip todos that were updated after the sweep was requested too. Example: a sweep of 11:00
 * skips a todo with `updatedAt` 11:10.
 * @param hasTime checked before each todo; false ends the call
 * @returns whether all of these todos are changed
 */
export function apply(
  sweep: Sweep,
  ids: readonly TodoId[],
  { spare, hasTime }: { readonly spare: boolean; readonly hasTime?: () => boolean },
): Promise<boolean> {
  return inParallel(ids, writesAtOnce, (id) => writeIf(changeOf(sweep, id, spare)), hasTime);
}

function changeOf({ listId, epoch, ownerId, change, at }: Sweep, id: TodoId, spare: boolean): Write {
  const key = { listId, epoch, id };
  const completed = change === "complete";
  const condition = { completed: !completed, ...(spare && { updatedAt: { lte: at } }) };
  if (change === "remove-completed") return todos.delete(key, condition);
  const changes = completed
    ? { completed, completedAt: at, gsi1pk: null }
    : { completed, completedAt: null, gsi1pk: duePartition(ownerId) };
  return todos.update(key, { ...changes, ...nextVersion(at) }, condition);
}

/**
 * A sweep that continues in the background. `id` distinguishes it from one that replaces it. Example: after sweep B
 * replaces sweep A, the consumer of A finds the id of B and stops.
 */
export type StoredSweep = Sweep & { readonly id: string };

/** Returns the unfinished sweep of a list, if any, in one round trip. */
export async function findStored(listId: ListId): Promise<(StoredSweep & { readonly expiresAt: number }) | undefined> {
  const sweep = await sweeps.get({ listId });
  return sweep && { ...sweep, at: sweep.createdAt };
}

/**
 * Stores a sweep for the stream consumer. Replaces an unfinished sweep of the same change, of an earlier epoch (the
 * list was emptied since), or past its expiry.
 *
 * Example: an unfinished "complete" of 11:00 expires at 12:00. At 11:10, another "complete" replaces it, but "reopen"
 * fails with list-busy. At 13:00, "reopen" replaces it.
 *
 * @param expiresAt epoch seconds
 * @throws list-busy when another change is not finished
 */
export async function store(sweep: StoredSweep, expiresAt: number): Promise<void> {
  const put = sweeps.put({ ...sweep, expiresAt, ...firstVersion(sweep.at) }, [
    isNew,
    { change: sweep.change },
    { epoch: { ne: sweep.epoch } },
    { expiresAt: { lt: Math.floor(Date.parse(sweep.at) / 1000) } },
  ]);
  if (!(await writeIf(put))) throw new Problem("list-busy");
}

/**
 * Deletes the item of a finished sweep. Keeps the item if another sweep has replaced it: it then has another id.
 * Example: sweep A ends after sweep B replaced it, so B is still carried out.
 */
export async function removeStored({ listId, id }: StoredSweep): Promise<void> {
  await writeIf(sweeps.delete({ listId }, { id }));
}
