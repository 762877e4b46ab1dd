import { isDeepStrictEqual } from "node:util";
import type { Actor } from "../actor.ts";
import { changeWrite, claimWrite } from "../author/author.service.ts";
import type { Clock } from "../clock.ts";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import type { StoredPicture } from "../db/picture-attribute.ts";
import type { ExpectedVersions } from "../db/version.ts";
import type { Write } from "../db/write.ts";
import { type MediaId, newListId, type UserId } from "../ids.ts";
import { inboxWrites } from "../list/list.account.ts";
import { readPictures } from "../media/media.service.ts";
import { Problem } from "../problem.ts";
import { change } from "./user.change.repository.ts";
import type { ProfileRecord } from "./user.repository.ts";
import * as repository from "./user.repository.ts";
import type { UserUpdate } from "./user.ts";

/** Reads the actor's email address from the user pool. @throws user-not-found when the account is gone */
export type EmailSource = () => Promise<string>;

/**
 * Creates the profile and inbox of the actor if they are missing. Called when the account is confirmed. Also called at
 * the first use of an account whose confirmation trigger failed, because the user pool does not repeat it. Idempotent.
 *
 * @throws user-not-found when the account was deleted
 */
export async function ensure(actor: Actor, email: string, clock: Clock): Promise<void> {
  const now = clock.now().toISOString();
  await repository.create({ id: actor.userId, email }, now, inboxWrites(actor.userId, newListId(clock), now));
}

/** Returns the profile of a user, without creating a missing one. One consistent round trip. */
export const find = (userId: UserId): Promise<ProfileRecord | undefined> => repository.find(userId);

/** Returns the actor's profile. Creates it if it is missing. @throws user-not-found when the account is gone */
export async function get(actor: Actor, email: EmailSource, clock: Clock): Promise<ProfileRecord> {
  const profile = await repository.find(actor.userId);
  if (profile) return profile;
  await ensure(actor, await email(), clock);
  const repaired = await repository.find(actor.userId);
  if (!repaired) throw new Problem("user-not-found");
  return repaired;
}

/**
 * Updates the actor's profile. An update without changes keeps the version. The public author of a user with a handle
 * changes in the same transaction.
 *
 * @throws user-not-found when the account is gone
 * @throws handle-taken, handle-chosen, name-required
 * @throws media-not-found when the avatar is not a ready picture of the actor
 * @throws version-conflict
 */
export async function update(
  actor: Actor,
  changes: UserUpdate,
  email: EmailSource,
  clock: Clock,
  expected?: ExpectedVersions,
): Promise<ProfileRecord> {
  return retryOptimistically(async () => {
    const before = await get(actor, email, clock);
    if (expected && !expected.includes(before.version)) throw new Problem("version-conflict");
    const changed = await applied(before, changes);
    if (isDeepStrictEqual(before, changed)) return before;
    const after = { ...changed, updatedAt: clock.now().toISOString(), version: before.version + 1 };
    await change(after, shownWrites(before, after));
    return after;
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
