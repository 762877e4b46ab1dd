import { deletePartition } from "../db/delete-partition.ts";
import { listPartition } from "../db/keys.ts";
import { inParallel } from "../db/parallel.ts";
import type { ListId, UserId } from "../ids.ts";
import { ownedListIds, removeMembership, removeUnconditionally } from "./list.repository.ts";

const deletesAtOnce = 16;

/**
 * Deletes all lists that a user owns, including the inbox. The todos are hidden immediately, and a stream consumer
 * deletes them. Idempotent: this function keeps the memberships, so a second run finds the remaining lists.
 */
export async function removeOwned(userId: UserId): Promise<void> {
  await inParallel(await ownedListIds(userId), deletesAtOnce, removeUnconditionally);
}

/**
 * Removes the items of a deleted list, except its todos. Idempotent.
 *
 * @param hasTime called after each page; return false to stop
 * @returns whether everything is removed
 */
export async function removeRemains(ownerId: UserId, listId: ListId, hasTime: () => boolean): Promise<boolean> {
  await removeMembership(ownerId, listId);
  return deletePartition(listPartition(listId), hasTime);
}
