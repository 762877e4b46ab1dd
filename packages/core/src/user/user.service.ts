import type { Actor } from "../actor.ts";
import type { Clock } from "../clock.ts";
import type { ExpectedVersions } from "../db/version.ts";
import { UserNotFoundError, VersionConflictError } from "../errors.ts";
import { newListId } from "../ids.ts";
import { inboxWrites } from "../list/list.inbox.ts";
import type { ProfileRecord } from "./user.repository.ts";
import * as repository from "./user.repository.ts";
import type { UserUpdate } from "./user.ts";

/** Asks the user pool for the actor's address. @throws UserNotFoundError when the account is gone */
export type EmailSource = () => Promise<string>;

/**
 * Sees to it that the actor has a profile and an inbox: written when the account is confirmed, and repaired at the first use of an
 * account whose confirmation failed half-way, for the user pool does not report a confirmation twice. Calling it again is harmless.
 *
 * @throws UserNotFoundError when the account was deleted
 */
export async function ensure(actor: Actor, email: string, clock: Clock): Promise<void> {
  const now = clock.now().toISOString();
  await repository.create({ id: actor.userId, email }, now, inboxWrites(actor.userId, newListId(clock), now));
}

/** The actor's own profile. @throws UserNotFoundError when the account is gone */
export async function get(actor: Actor, email: EmailSource, clock: Clock): Promise<ProfileRecord> {
  const profile = await repository.find(actor.userId);
  if (profile) return profile;
  await ensure(actor, await email(), clock);
  const repaired = await repository.find(actor.userId);
  if (!repaired) throw new UserNotFoundError();
  return repaired;
}

/**
 * Changes the actor's own profile; an empty change leaves it, and its version, as it is.
 *
 * @throws UserNotFoundError when the account is gone
 * @throws VersionConflictError
 */
export async function update(
  actor: Actor,
  changes: UserUpdate,
  email: EmailSource,
  clock: Clock,
  expected?: ExpectedVersions,
): Promise<ProfileRecord> {
  if (changes.name === undefined) {
    const profile = await get(actor, email, clock);
    if (expected && !expected.includes(profile.version)) throw new VersionConflictError();
    return profile;
  }
  const write = () => repository.update(actor.userId, changes, clock.now().toISOString(), expected);
  const changed = await write();
  if (changed) return changed;
  await ensure(actor, await email(), clock);
  const repaired = await write();
  if (!repaired) throw new UserNotFoundError();
  return repaired;
}
