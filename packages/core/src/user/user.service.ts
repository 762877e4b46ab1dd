import { isDeepStrictEqual } from "node:util";
import type { Actor } from "../actor.ts";
import { changeWrite, claimWrite } from "../author/author.service.ts";
import type { Clock } from "../clock.ts";
import type { Write } from "../db/idempotency.ts";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import type { StoredPicture } from "../db/picture-attribute.ts";
import type { ExpectedVersions } from "../db/version.ts";
import { type MediaId, newListId, type UserId } from "../ids.ts";
import { inboxWrites } from "../list/list.account.ts";
import { readPictures } from "../media/media.service.ts";
import { Problem } from "../problem.ts";
import { change } from "./user.change.repository.ts";
import type { ProfileRecord } from "./user.repository.ts";
import * as repository from "./user.repository.ts";
import type { UserUpdate } from "./user.ts";

/** Asks the user pool for the actor's address. @throws user-not-found when the account is gone */
export type EmailSource = () => Promise<string>;

/**
 * Sees to it that the actor has a profile and an inbox: written when the account is confirmed, and repaired at the first use of an
 * account whose confirmation failed half-way, for the user pool does not report a confirmation twice. Calling it again is harmless.
 *
 * @throws user-not-found when the account was deleted
 */
export async function ensure(actor: Actor, email: string, clock: Clock): Promise<void> {
  const now = clock.now().toISOString();
  await repository.create({ id: actor.userId, email }, now, inboxWrites(actor.userId, newListId(clock), now));
}

/** The profile of a user, as it is: whoever has none is not given one. One consistent round trip. */
export const find = (userId: UserId): Promise<ProfileRecord | undefined> => repository.find(userId);

/** The actor's own profile. @throws user-not-found when the account is gone */
export async function get(actor: Actor, email: EmailSource, clock: Clock): Promise<ProfileRecord> {
  const profile = await repository.find(actor.userId);
  if (profile) return profile;
  await ensure(actor, await email(), clock);
  const repaired = await repository.find(actor.userId);
  if (!repaired) throw new Problem("user-not-found");
  return repaired;
}

/**
 * Changes the actor's own profile; what is as it was leaves it, and its version. What readers see of somebody with a handle changes with it.
 *
 * @throws user-not-found when the account is gone
 * @throws handle-taken, handle-chosen, name-required
 * @throws media-not-found when the avatar is no picture of the actor's that is ready
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

/** What readers see of a user who has a handle is a copy: nothing private is in it. */
function shownWrites(before: ProfileRecord, after: ProfileRecord): Write[] {
  const { id, handle, name, bio, avatar } = after;
  if (handle === null || name === null) return [];
  const author = { handle, userId: id, name, bio, avatar };
  return [before.handle === null ? claimWrite(author, after) : changeWrite(author, after)];
}
