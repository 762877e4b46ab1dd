import { inParallel } from "../db/parallel.ts";
import type { UserId } from "../ids.ts";
import { ownedListIds, removeUnconditionally } from "./list.repository.ts";

// For the transaction that creates a user.
export { inboxWrites } from "./list.repository.ts";

const deletesAtOnce = 16;

/**
 * Deletes all lists that a user owns, including the inbox. The todos are hidden immediately, and a stream consumer
 * deletes them. Idempotent: this function keeps the memberships, so a second run finds the remaining lists.
 */
export async function removeOwned(userId: UserId): Promise<void> {
  await inParallel(await ownedListIds(userId), deletesAtOnce, removeUnconditionally);
}
