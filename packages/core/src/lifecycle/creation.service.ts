import type { UserContext } from "../call-context.ts";
import { newListId } from "../ids.ts";
import { inboxWrites } from "../list/list.service.ts";
import * as users from "../user/user.service.ts";

/**
 * Creates the profile and inbox of the actor if they are missing. Called when the account is confirmed. Also called at
 * the first use of an account whose confirmation trigger failed, because the user pool does not repeat it. Idempotent.
 *
 * @throws user-not-found when the account was deleted
 */
export async function ensureUser({ actor: { userId }, clock }: UserContext, email: string): Promise<void> {
  const now = clock.now().toISOString();
  await users.create({ id: userId, email }, now, inboxWrites(userId, newListId(clock), now));
}
