import type { Actor } from "../actor.ts";
import { forget as forgetAttempts } from "../attempt/attempt.service.ts";
import { farewellWrite } from "../author/author.service.ts";
import type { Clock } from "../clock.ts";
import { deletePartition } from "../db/delete-partition.ts";
import { requestPartition, userPartition } from "../db/keys.ts";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import type { ExpectedVersions } from "../db/version.ts";
import type { Write } from "../db/write.ts";
import type { UserId } from "../ids.ts";
import { removeOwned as removeOwnedLists } from "../list/list.account.ts";
import { noticeWrite } from "../notice/notice.service.ts";
import { removeOwned as removeOwnedPosts } from "../post/post.service.ts";
import { Problem } from "../problem.ts";
import * as repository from "./user.deletion.repository.ts";
import type { ProfileRecord } from "./user.repository.ts";
import * as users from "./user.repository.ts";

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
export async function remove(
  { userId }: Actor,
  account: PoolAccount,
  clock: Clock,
  expected?: ExpectedVersions,
): Promise<void> {
  if (!(await repository.isDeleted(userId))) await account.assertOwner();
  const until = clock.now().getTime() + requestMilliseconds;
  await removeProfile(userId, clock, expected);
  await purge(userId, () => clock.now().getTime() < until);
  await account.remove();
}

/** Deletes the profile and the author's personal data. The handle stays reserved. */
async function removeProfile(userId: UserId, clock: Clock, expected: ExpectedVersions): Promise<void> {
  await retryOptimistically(async () => {
    const profile = await users.find(userId);
    if (profile && expected && !expected.includes(profile.version)) throw new Problem("version-conflict");
    const now = clock.now();
    const others = profile
      ? [noticeWrite({ kind: "account-deleted", email: profile.email }, clock), ...farewell(profile, now.toISOString())]
      : [];
    await repository.removeProfile(userId, profile, now, others);
    if (profile) await forgetAttempts(profile.email);
  });
}

const farewell = ({ id, handle, createdAt, version }: ProfileRecord, updatedAt: string): Write[] =>
  handle === null ? [] : [farewellWrite(handle, id, { createdAt, updatedAt, version: version + 1 })];

/**
 * Deletes all private items of a deleted user, and their posts. Idempotent. The subscribers of these deletions delete
 * the todos of the lists, and the comments and media of the posts.
 *
 * @param hasTime checked after each page
 * @returns whether everything is deleted
 */
export async function purge(userId: UserId, hasTime: () => boolean): Promise<boolean> {
  await removeOwnedLists(userId);
  return (
    // Before the partition, because a post names the items of its published post.
    (await removeOwnedPosts(userId, hasTime)) &&
    (await deletePartition(userPartition(userId), hasTime)) &&
    (await deletePartition(requestPartition(userId), hasTime))
  );
}
