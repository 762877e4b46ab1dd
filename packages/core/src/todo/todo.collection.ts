import { randomUUID } from "node:crypto";
import type { UserContext } from "../call-context.ts";
import { deletePartition } from "../db/delete-partition.ts";
import { todoPartition } from "../db/keys.ts";
import type { ListId, TodoId } from "../ids.ts";
import { ListAccess } from "../list/list.access.ts";
import { Problem } from "../problem.ts";
import { sweepLimit } from "./todo.limits.ts";
import type { SweepChange } from "./todo.sweep.repository.ts";
import * as repository from "./todo.sweep.repository.ts";

/** Lifetime of a stored sweep. An expired sweep does not block another change of the list. */
const sweepSeconds = 60 * 60;

/** Time in milliseconds that a request spends on changing todos, usually less than one second. */
const requestMs = 4_000;

/** Whether a part of the change continues in the background. */
export interface Extent {
  readonly unfinished: boolean;
}

/** Completes or reopens all todos of a list. @throws list-not-found, list-busy */
export async function complete(ctx: UserContext, listId: ListId, completed: boolean): Promise<Extent> {
  return sweep(ctx, listId, completed ? "complete" : "reopen");
}

/** Deletes the completed todos of a list. @throws list-not-found, list-busy */
export async function removeCompleted(ctx: UserContext, listId: ListId): Promise<Extent> {
  return sweep(ctx, listId, "remove-completed");
}

/**
 * Changes each todo with a separate write. A list that one query can read (500 todos, or 1 MB) is finished when this
 * returns. For a longer list it first stores the sweep, so that the stream consumer finishes it in any case, and then
 * changes the todos of that first query. When writes are slow, it leaves the rest to the consumer, too.
 *
 * Examples: "complete" on a list with 520 open todos stores a sweep, completes 500 todos within the request, and
 * returns `unfinished: true`. The consumer completes the other 20. On a list with 450, slow writes leave time for 400,
 * so it stores a sweep after them, and the consumer completes the other 50.
 */
async function sweep(ctx: UserContext, listId: ListId, change: SweepChange): Promise<Extent> {
  const access = await ListAccess.authorise(ctx, listId);
  const now = ctx.clock.now();
  const all = repository.sweepOf(access, change, now.toISOString());
  const [{ ids, next }, stored] = await Promise.all([
    repository.findCandidates(all, { limit: sweepLimit }),
    repository.findStored(listId),
  ]);
  const seconds = Math.floor(now.getTime() / 1000);
  const busy = stored && stored.change !== change && stored.epoch === all.epoch && stored.expiresAt >= seconds;
  if (busy) throw new Problem("list-busy");
  const handOver = () => repository.store({ id: randomUUID(), ...all }, seconds + sweepSeconds);
  if (next) await handOver();
  const hasTime = () => ctx.clock.now().getTime() < now.getTime() + requestMs;
  const done = await repository.apply(all, ids, { spare: false, hasTime });
  if (!done && !next) await handOver();
  return { unfinished: !done || next !== undefined };
}

/** Result of a run of a stored sweep. `after` is where the next run continues. */
export type SweepProgress =
  | { readonly state: "finished" | "superseded" }
  | { readonly state: "unfinished"; readonly after: TodoId };

/**
 * Carries out a stored sweep. Skips todos that were updated after the sweep was requested. Idempotent.
 *
 * @param after the last todo that an earlier call looked at
 * @param hasTime checked after each step; false ends the run
 */
export async function carryOut(
  {
    listId,
    sweepId,
    after,
  }: { readonly listId: ListId; readonly sweepId: string; readonly after?: TodoId | undefined },
  hasTime: () => boolean,
): Promise<SweepProgress> {
  const stored = await repository.findStored(listId);
  if (stored?.id !== sweepId) return { state: "superseded" };
  let position = after;
  do {
    const { ids, next } = await repository.findCandidates(stored, { limit: sweepLimit, after: position });
    await repository.apply(stored, ids, { spare: true });
    position = next;
  } while (position && hasTime());
  if (position) return { state: "unfinished", after: position };
  await repository.removeStored(stored);
  return { state: "finished" };
}

/**
 * Deletes the todos of an earlier epoch of a list, which no request returns anymore. @returns whether all are deleted
 */
export async function removeHidden(listId: ListId, epoch: number, hasTime: () => boolean): Promise<boolean> {
  return deletePartition(todoPartition(listId, epoch), hasTime);
}
