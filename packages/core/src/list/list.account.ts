import { inParallel } from "../db/parallel.ts";
import type { UserId } from "../ids.ts";
import { ownedListIds, removeUnconditionally } from "./list.repository.ts";

// For the transaction that creates a user.
export { inboxWrites } from "./list.repository.ts";

const deletesAtOnce = 16;

/**
 * Deletes all lists of a user, inbox included. A stream consumer removes the todos, which are hidden at once. Idempotent: the memberships
 * stay, so that a second run finds the lists that are left.
 */
export async function removeOwned(userId: UserId): Promise<void> {
  await inParallel(await ownedListIds(userId), deletesAtOnce, removeUnconditionally);
}
