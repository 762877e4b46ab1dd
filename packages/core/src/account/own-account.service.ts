import { randomBytes } from "node:crypto";
import type { UserId } from "../ids.ts";
import type { AdminSettings } from "./cognito/client.ts";
import * as own from "./cognito/own-account.ts";

/** Gives a confirmed account a password that nobody knows, until `confirm` sets the one of its owner. */
export async function discardPassword(identity: AdminSettings, userId: UserId): Promise<void> {
  await own.setPassword(identity, { userId }, randomBytes(32).toString("base64url"));
}

/** The address of a user's account. @throws user-not-found when the account is gone */
export async function emailOf(identity: AdminSettings, userId: UserId): Promise<string> {
  return (await own.find(identity, { userId })).email;
}

/** Deletes the account with all its tokens. Idempotent. */
export async function remove(identity: AdminSettings, userId: UserId): Promise<void> {
  await own.remove(identity, { userId });
}
