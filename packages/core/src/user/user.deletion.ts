import type { Actor } from "../actor.ts";
import { forget as forgetAttempts } from "../attempt/attempt.service.ts";
import { farewellWrite } from "../author/author.service.ts";
import type { Clock } from "../clock.ts";
import { deletePartition } from "../db/delete-partition.ts";
import type { Write } from "../db/idempotency.ts";
import { requestPartition, userPartition } from "../db/keys.ts";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import type { ExpectedVersions } from "../db/version.ts";
import type { UserId } from "../ids.ts";
import { removeOwned } from "../list/list.account.ts";
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
  /** Deletes the account with all its tokens; that it is gone already is no error. */
  remove(): Promise<void>;
}

/** A request does as much as it has time for; a consumer of the stream does it all again. */
const requestMilliseconds = 5_000;

/**
 * Deletes a user: first the profile, in the same transaction in which the deletion is remembered, so that no repair can bring it back
 * to a token that is still valid, and with it what readers see of the user; then all lists, which hides what is in them, all posts, and all else that is private to the
 * user; at last the account. Whatever stops it half-way, calling it again goes on, and the consumer of `user.deleted` does too.
 *
 * The owner is notified at the address that the account had.
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

/** Removes the profile, and what readers see of whoever had the handle; the handle itself stays taken. */
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
 * Removes all that is private to a deleted user, and what readers have of their posts; beginning again is harmless. What was in the lists,
 * and what belonged to the posts, goes when their own deletions are processed.
 *
 * @param hasTime asked after each page whether another may follow
 * @returns whether all is gone
 */
export async function purge(userId: UserId, hasTime: () => boolean): Promise<boolean> {
  await removeOwned(userId);
  return (
    // Posts know where readers find them: they go before what is left of the partition.
    (await removeOwnedPosts(userId, hasTime)) &&
    (await deletePartition(userPartition(userId), hasTime)) &&
    (await deletePartition(requestPartition(userId), hasTime))
  );
}
