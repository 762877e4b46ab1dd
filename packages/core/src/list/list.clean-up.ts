import { listPartition } from "../db/keys.ts";
import { emptyPartition } from "../db/partition.ts";
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
  return emptyPartition(listPartition(listId), hasTime);
}
