import { randomUUID } from "node:crypto";
import type { Actor } from "../actor.ts";
import type { Clock } from "../clock.ts";
import { deletePartition } from "../db/delete-partition.ts";
import { todoPartition } from "../db/keys.ts";
import type { ListId, TodoId } from "../ids.ts";
import { ListAccess } from "../list/list.access.ts";
import { Problem } from "../problem.ts";
import type { SweepChange } from "./todo.sweep.repository.ts";
import * as repository from "./todo.sweep.repository.ts";

/** So many todos are looked through within a request, and in one step of what follows in the background. */
const sweepLimit = 500;

/** A sweep that is not finished by then never will be: it does not hold up another. */
const sweepSeconds = 60 * 60;

/** Whether a part of the change follows in the background. */
export interface Extent {
  readonly unfinished: boolean;
}

/** Completes or reopens all todos of a list. @throws list-not-found, list-busy */
export async function complete(actor: Actor, listId: ListId, completed: boolean, clock: Clock): Promise<Extent> {
  return sweep(actor, listId, completed ? "complete" : "reopen", clock);
}

/** Deletes the completed todos of a list. @throws list-not-found, list-busy */
export async function removeCompleted(actor: Actor, listId: ListId, clock: Clock): Promise<Extent> {
  return sweep(actor, listId, "remove-completed", clock);
}

/**
 * Changes each todo by a write of its own. The todos of all but the longest lists are done when this returns. Of a longer list the
 * whole sweep is stored first, so that it will certainly be carried out, and then what a request has time for is done at once.
 */
async function sweep(actor: Actor, listId: ListId, change: SweepChange, clock: Clock): Promise<Extent> {
  const access = await ListAccess.authorise(actor, listId);
  const now = clock.now();
  const all = repository.sweepOf(access, change, now.toISOString());
  const [{ ids, next }, stored] = await Promise.all([
    repository.findCandidates(all, { limit: sweepLimit }),
    repository.findStored(listId),
  ]);
  const seconds = Math.floor(now.getTime() / 1000);
  const busy = stored && stored.change !== change && stored.epoch === all.epoch && stored.expiresAt >= seconds;
  if (busy) throw new Problem("list-busy");
  if (next) await repository.store({ id: randomUUID(), ...all }, seconds + sweepSeconds);
  await repository.apply(all, ids, { spare: false });
  return { unfinished: next !== undefined };
}

/** What became of a stored sweep; `after` tells where to go on. */
export type SweepProgress =
  | { readonly state: "finished" | "superseded" }
  | { readonly state: "unfinished"; readonly after: TodoId };

/**
 * Carries out a stored sweep, and leaves todos alone that were changed after it was asked for. Beginning again is harmless.
 *
 * @param after where an earlier call stopped
 * @param hasTime asked after each step whether another may follow
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

/** Removes the todos of a former epoch of a list, which nothing shows any more. @returns whether all are gone */
export async function removeHidden(listId: ListId, epoch: number, hasTime: () => boolean): Promise<boolean> {
  return deletePartition(todoPartition(listId, epoch), hasTime);
}
