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
 * 1. The profile and the author item, in the transaction that records the deletion. A token that is still valid cannot
 * restore them.
 * 2. All lists, which hides their todos, and all posts.
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

/** Deletes the profile and the author's personal data. The handle stays reserved. */
async function removeProfile(ctx: ConditionalContext): Promise<void> {
  const { userId } = ctx.actor;
  await retryOptimistically(async () => {
    const profile = await users.find(userId);
    if (profile) assertExpected(ctx, profile);
    const now = ctx.clock.now();
    await users.removeProfile(userId, profile, now, profile ? farewellWrites(ctx, profile) : []);
    if (profile) await attempts.forget(profile.email);
  });
}

/** Returns the writes that notify the owner, and that delete the personal data of the author. */
function farewellWrites(ctx: CallContext, { id, email, handle, createdAt, version }: users.ProfileRecord): Write[] {
  const notice = noticeWrite(ctx, { kind: "account-deleted", email });
  const updatedAt = ctx.clock.now().toISOString();
  return handle === null
    ? [notice]
    : [notice, farewellWrite(handle, id, { createdAt, updatedAt, version: version + 1 })];
}

/**
 * Deletes all private items of a deleted user, and their posts. Idempotent. The subscribers of these deletions delete
 * the todos of the lists, and the comments and media of the posts.
 *
 * @param hasTime checked after each page
 * @returns whether everything is deleted
 */
export async function purge(userId: UserId, hasTime: () => boolean): Promise<boolean> {
  await lists.removeOwned(userId);
  return (
    // Before the partition, because a post names the items of its published post.
    (await posts.removeOwned(userId, hasTime)) &&
    (await deletePartition(userPartition(userId), hasTime)) &&
    (await deletePartition(requestPartition(userId), hasTime)) &&
    (await deletePartition(ratePartition(userId), hasTime))
  );
}
