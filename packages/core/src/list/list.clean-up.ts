import { deletePartition } from "../db/delete-partition.ts";
import { listPartition } from "../db/keys.ts";
import type { ListId, UserId } from "../ids.ts";
import { removeMembership } from "./list.repository.ts";

/**
 * Removes what remains of a deleted list besides its todos; beginning again is harmless.
 *
 * @param hasTime asked after each page whether another may follow
 * @returns whether all is gone
 */
export async function removeRemains(ownerId: UserId, listId: ListId, hasTime: () => boolean): Promise<boolean> {
  await removeMembership(ownerId, listId);
  return deletePartition(listPartition(listId), hasTime);
}
