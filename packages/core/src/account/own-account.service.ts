import { randomBytes } from "node:crypto";
import type { UserId } from "../ids.ts";
import type { AdminSettings } from "./cognito/client.ts";
import * as own from "./cognito/own-account.ts";

/** Sets a random password on a confirmed account, until `confirm` sets the owner's password. */
export async function discardPassword(identity: AdminSettings, userId: UserId): Promise<void> {
  await own.setPassword(identity, { userId }, randomBytes(32).toString("base64url"));
}

/** Returns the email address of a user's account. @throws user-not-found when the account was deleted */
export async function emailOf(identity: AdminSettings, userId: UserId): Promise<string> {
  return (await own.find(identity, { userId })).email;
}

/** Deletes the account with all its tokens. Idempotent. */
export async function remove(identity: AdminSettings, userId: UserId): Promise<void> {
  await own.remove(identity, { userId });
}
