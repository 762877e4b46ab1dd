import { deletePartition } from "../db/delete-partition.ts";
import { listPartition } from "../db/keys.ts";
import type { ListId, UserId } from "../ids.ts";
import { removeMembership } from "./list.repository.ts";

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
