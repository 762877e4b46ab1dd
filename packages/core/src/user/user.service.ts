import { isDeepStrictEqual } from "node:util";
import { changeWrite, claimWrite } from "../author/author.service.ts";
import { assertExpected, type ConditionalContext, type UserContext } from "../call-context.ts";
import { withDefaults } from "../contract/merge-patch.ts";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import type { StoredPicture } from "../db/picture-attribute.ts";
import type { Write } from "../db/write.ts";
import type { MediaId, UserId } from "../ids.ts";
import { readPictures } from "../media/media.service.ts";
import { Problem } from "../problem.ts";
import { change, changeAddress } from "./user.change.repository.ts";
import type { ProfileRecord } from "./user.repository.ts";
import * as repository from "./user.repository.ts";
import type { UserUpdate } from "./user.ts";

// For the transactions that create and delete a user.
export { isDeleted, removeProfile } from "./user.deletion.repository.ts";
export { create, type ProfileRecord } from "./user.repository.ts";

/** Returns the profile of a user. One consistent round trip. */
export const find = (userId: UserId): Promise<ProfileRecord | undefined> => repository.find(userId);

/** Returns the actor's profile. One consistent round trip. @throws user-not-found */
export async function get({ actor }: UserContext): Promise<ProfileRecord> {
  const profile = await repository.find(actor.userId);
  if (!profile) throw new Problem("user-not-found");
  return profile;
}

/**
 * Updates the actor's profile. An update without changes keeps the version. The public author of a user with a handle
 * changes in the same transaction.
 *
 * @throws user-not-found, handle-taken, handle-chosen, name-required
 * @throws media-not-found when the avatar is not a ready picture of the actor
 * @throws version-conflict, too-many-requests
 */
export async function update(ctx: ConditionalContext, changes: UserUpdate): Promise<ProfileRecord> {
  return retryOptimistically(async () => {
    const before = await get(ctx);
    assertExpected(ctx, before);
    const changed = await applied(before, withDefaults(changes, { bio: "" }));
    if (isDeepStrictEqual(before, changed)) return before;
    const after = { ...changed, updatedAt: ctx.clock.now().toISOString(), version: before.version + 1 };
    await change(after, shownWrites(before, after), ctx.clock);
    return after;
  });
}

/**
 * Copies the address of the user's account to the profile. Idempotent. The caller must have read it from the user pool.
 *
 * @returns the address before
 * @throws user-not-found
 */
export async function changeEmail({ actor, clock }: UserContext, email: string): Promise<string> {
  return retryOptimistically(async () => {
    const before = await repository.find(actor.userId);
    if (!before) throw new Problem("user-not-found");
    if (before.email === email) return email;
    await changeAddress({ ...before, email, updatedAt: clock.now().toISOString(), version: before.version + 1 });
    return before.email;
  });
}

async function applied(before: ProfileRecord, { avatarId, ...changes }: UserUpdate): Promise<ProfileRecord> {
  if (before.handle !== null && changes.handle !== undefined && changes.handle !== before.handle) {
    throw new Problem("handle-chosen");
  }
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const avatar = avatarId === undefined ? before.avatar : await avatarOf(before, avatarId);
  const after: ProfileRecord = { ...before, ...given, avatar };
  if (after.handle !== null && after.name === null) throw new Problem("name-required");
  return after;
}

async function avatarOf({ id, avatar }: ProfileRecord, avatarId: MediaId | null): Promise<StoredPicture | null> {
  if (avatarId === null) return null;
  if (avatarId === avatar?.id) return avatar;
  const picture = (await readPictures(id, [avatarId])).get(avatarId);
  if (typeof picture !== "object") throw new Problem("media-not-found");
  return picture;
}

/**
 * Returns the write of the public author, a denormalized copy without private data. Empty for a user without a handle
 * or name.
 */
function shownWrites(before: ProfileRecord, after: ProfileRecord): Write[] {
  const { id, handle, name, bio, avatar } = after;
  if (handle === null || name === null) return [];
  const author = { handle, userId: id, name, bio, avatar };
  return [before.handle === null ? claimWrite(author, after) : changeWrite(author, after)];
}
