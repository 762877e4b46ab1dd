import { isDeepStrictEqual } from "node:util";
import { assertExpected, type ConditionalContext, type UserContext } from "../call-context.ts";
import { withDefaults } from "../contract/merge-patch.ts";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import type { StoredPicture } from "../db/picture-attribute.ts";
import type { Write } from "../db/write.ts";
import type { MediaId, UserId } from "../ids.ts";
import { readPictures } from "../media/media.service.ts";
import { Problem } from "../problem.ts";
import { authorWrites } from "./user.author.ts";
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

/** The values of members that null removes and that are not null then. */
const removed = {
  bio: "", // #blog
};

/**
 * Updates the actor's profile. An update without changes keeps the version.
 *
 * @throws user-not-found, and the problems of the public author, if there is one
 * @throws media-not-found when the avatar is not a ready picture of the actor
 * @throws version-conflict, too-many-requests
 */
export async function update(ctx: ConditionalContext, changes: UserUpdate): Promise<ProfileRecord> {
  return retryOptimistically(async () => {
    const before = await get(ctx);
    assertExpected(ctx, before);
    const changed = await applied(before, withDefaults(changes, removed));
    if (isDeepStrictEqual(before, changed)) return before;
    const after = { ...changed, updatedAt: ctx.clock.now().toISOString(), version: before.version + 1 };
    const others: Write[] = [];
    others.push(...authorWrites(before, after)); // #blog
    await change(after, others, ctx.clock);
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
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const avatar = avatarId === undefined ? before.avatar : await avatarOf(before, avatarId);
  return { ...before, ...given, avatar };
}

async function avatarOf({ id, avatar }: ProfileRecord, avatarId: MediaId | null): Promise<StoredPicture | null> {
  if (avatarId === null) return null;
  if (avatarId === avatar?.id) return avatar;
  const picture = (await readPictures(id, [avatarId])).get(avatarId);
  if (typeof picture !== "object") throw new Problem("media-not-found");
  return picture;
}
