import type { Actor } from "../actor.ts";
import type { Clock } from "../clock.ts";
import { requestPartition, userPartition } from "../db/keys.ts";
import { emptyPartition } from "../db/partition.ts";
import type { ExpectedVersions } from "../db/version.ts";
import type { UserId } from "../ids.ts";
import { removeOwned } from "../list/list.owned.ts";
import * as repository from "./user.deletion.repository.ts";

/** The actor's account in the user pool, reached by the actor's own access token. */
export interface PoolAccount {
  /** Resolves when the pool still takes the token, or has no such account any more. @throws SessionMissingError */
  assertAccepted(): Promise<void>;
  /** Deletes the account with all its tokens; that it is gone already is no error. */
  remove(): Promise<void>;
}

/** A request does as much as it has time for; a consumer of the stream does it all again. */
const requestMilliseconds = 5_000;

/**
 * Deletes a user: first the profile, in the same transaction in which the deletion is remembered, so that no repair can bring it back
 * to a token that is still valid; then all lists, which hides what is in them, and all else that is private to the user; at last the
 * account. Whatever stops it half-way, calling it again goes on, and the consumer of `user.deleted` does too.
 *
 * @throws SessionMissingError when the token was signed out: it may read for some minutes more, but not destroy
 * @throws VersionConflictError
 */
export async function remove(
  { userId }: Actor,
  account: PoolAccount,
  clock: Clock,
  expected?: ExpectedVersions,
): Promise<void> {
  if (!(await repository.isDeleted(userId))) await account.assertAccepted();
  const until = clock.now().getTime() + requestMilliseconds;
  await repository.removeProfile(userId, clock.now(), expected);
  await purge(userId, () => clock.now().getTime() < until);
  await account.remove();
}

/**
 * Removes all that is private to a deleted user; beginning again is harmless. What was in the lists goes when their own deletions are
 * processed.
 *
 * @param hasTime asked after each page whether another may follow
 * @returns whether all is gone
 */
export async function purge(userId: UserId, hasTime: () => boolean): Promise<boolean> {
  await removeOwned(userId);
  return (
    (await emptyPartition(userPartition(userId), hasTime)) && (await emptyPartition(requestPartition(userId), hasTime))
  );
}
