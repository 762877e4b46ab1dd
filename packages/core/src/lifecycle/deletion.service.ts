import * as attempts from "../attempt/attempt.service.ts";
import { farewellWrite } from "../author/author.service.ts";
import { assertExpected, type CallContext, type ConditionalContext } from "../call-context.ts";
import { deletePartition } from "../db/delete-partition.ts";
import { ratePartition, requestPartition, userPartition } from "../db/keys.ts";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import type { Write } from "../db/write.ts";
import type { UserId } from "../ids.ts";
import * as lists from "../list/list.clean-up.ts";
import { noticeWrite } from "../notice/notice.service.ts";
import * as posts from "../post/post.service.ts";
import * as users from "../user/user.service.ts";

/** The actor's account in the user pool. */
export interface PoolAccount {
  /**
   * Resolves when the request proves that it comes from the owner.
   * @throws password-incorrect, second-factor-required, second-factor-invalid, too-many-requests, user-not-found
   */
  assertOwner(): Promise<void>;
  /** Deletes the account with all its tokens. Idempotent. */
  remove(): Promise<void>;
}

/** How long a request deletes items; a subscriber deletes the rest. */
const requestMilliseconds = 5_000;

/**
 * Deletes a user in this order, and notifies the owner by mail. Idempotent: another call, or the subscriber of
 * `user.deleted`, continues after a failure.
 *
 * 1. The profile, in the transaction that records the deletion. A token that is still valid cannot restore it.
 * 2. All lists, which hides their todos, and all public content.
 * 3. All other items in the user's partitions.
 * 4. The account in the user pool.
 *
 * @throws password-incorrect, second-factor-required, second-factor-invalid, too-many-requests, user-not-found
 * @throws version-conflict
 */
export async function remove(ctx: ConditionalContext, account: PoolAccount): Promise<void> {
  const { actor, clock } = ctx;
  const { userId } = actor;
  if (!(await users.isDeleted(userId))) {
    await account.assertOwner().catch(async (error: unknown) => {
      // A concurrent request of the owner may have deleted the account in the meantime.
      if (!(await users.isDeleted(userId))) throw error;
    });
  }
  const until = clock.now().getTime() + requestMilliseconds;
  await removeProfile(ctx);
  await purge(userId, () => clock.now().getTime() < until);
  await account.remove();
}

/** Deletes the profile. */
async function removeProfile(ctx: ConditionalContext): Promise<void> {
  const { userId } = ctx.actor;
  await retryOptimistically(async () => {
    const profile = await users.find(userId);
    if (profile) assertExpected(ctx, profile);
    const now = ctx.clock.now();
    await users.removeProfile(userId, profile, now, profile ? dependentWrites(ctx, profile) : []);
    if (profile) await attempts.forget(profile.email);
  });
}

/** Returns the writes that go with the deletion of a profile: the notice to the owner is one of them. */
function dependentWrites(ctx: CallContext, profile: users.ProfileRecord): Write[] {
  const writes = [noticeWrite(ctx, { kind: "account-deleted", email: profile.email })];
  // #region blog
  if (profile.handle !== null) {
    const { id, handle, createdAt, version } = profile;
    const updatedAt = ctx.clock.now().toISOString();
    // Deletes the personal data of the author. The handle stays reserved.
    writes.push(farewellWrite(handle, id, { createdAt, updatedAt, version: version + 1 }));
  }
  // #endregion blog
  return writes;
}

/**
 * Deletes all items of a deleted user. Idempotent. The subscribers of these deletions delete what depends on the items,
 * such as the todos of the lists.
 *
 * @param hasTime checked after each page
 * @returns whether everything is deleted
 */
export async function purge(userId: UserId, hasTime: () => boolean): Promise<boolean> {
  await lists.removeOwned(userId);
  // #region blog
  // Before the partition, because a post names the items of its published post.
  if (!(await posts.removeOwned(userId, hasTime))) return false;
  // #endregion blog
  return (
    (await deletePartition(userPartition(userId), hasTime)) &&
    (await deletePartition(requestPartition(userId), hasTime)) &&
    (await deletePartition(ratePartition(userId), hasTime))
  );
}
