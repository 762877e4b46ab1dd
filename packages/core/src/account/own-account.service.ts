import { randomBytes } from "node:crypto";
import { UserNotFoundError } from "../errors.ts";
import type { UserId } from "../ids.ts";
import type { AdminSettings, PoolSettings } from "./cognito.ts";
import * as own from "./own-account.repository.ts";

/** Gives a confirmed account a password that nobody knows, until `confirm` sets the one of its owner. */
export async function discardPassword(identity: AdminSettings, userId: UserId): Promise<void> {
  await own.setPassword(identity, { userId }, randomBytes(32).toString("base64url"));
}

/** The address of a user's account. @throws UserNotFoundError when the account is gone */
export async function emailOf(identity: AdminSettings, userId: UserId): Promise<string> {
  return (await own.find(identity, { userId })).email;
}

/**
 * Resolves when the user pool still takes the token, or has no such account any more. @throws SessionMissingError when the token was
 * signed out
 */
export async function assertAccepted(identity: PoolSettings, accessToken: string): Promise<void> {
  try {
    await own.assertAccepted(identity, accessToken);
  } catch (error) {
    if (!(error instanceof UserNotFoundError)) throw error;
  }
}

/** Deletes the account with all its tokens. Idempotent. */
export async function remove(identity: AdminSettings, userId: UserId): Promise<void> {
  await own.remove(identity, { userId });
}
