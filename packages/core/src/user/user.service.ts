import type { Actor } from "../actor.ts";
import type { Clock } from "../clock.ts";
import { UserNotFoundError } from "../errors.ts";
import { newListId } from "../ids.ts";
import { inboxWrites } from "../list/list.inbox.ts";
import { create, find, type ProfileRecord } from "./user.repository.ts";

/** Asks the user pool for the actor's address. @throws UserNotFoundError when the account is gone */
export type EmailSource = () => Promise<string>;

/**
 * Sees to it that the actor has a profile and an inbox: written when the account is confirmed, and repaired at the first use of an
 * account whose confirmation failed half-way, for the user pool does not report a confirmation twice. Calling it again is harmless.
 */
export async function ensure(actor: Actor, email: string, clock: Clock): Promise<void> {
  const now = clock.now().toISOString();
  await create({ id: actor.userId, email }, now, inboxWrites(actor.userId, newListId(clock), now));
}

/** The actor's own profile. @throws UserNotFoundError when the account is gone */
export async function get(actor: Actor, email: EmailSource, clock: Clock): Promise<ProfileRecord> {
  const profile = await find(actor.userId);
  if (profile) return profile;
  await ensure(actor, await email(), clock);
  const repaired = await find(actor.userId);
  if (!repaired) throw new UserNotFoundError();
  return repaired;
}
