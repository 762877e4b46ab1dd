import * as z from "zod";
import { type UserId, userIdOf } from "../../ids.ts";
import { isProblem, Problem } from "../../problem.ts";

import { type AdminSettings, allMean, callAsAdmin, type Meanings } from "./client.ts";

/*
 * Operations on a user's account in the user pool, authorized by IAM. The caller must have verified the user before:
 * with one of Daybook's access tokens, a password or an emailed code.
 */

const softwareToken = "SOFTWARE_TOKEN_MFA";
const subLength = 36;

const Nothing = z.object({});
const AdminGetUser = z.object({
  Username: z.string(),
  UserAttributes: z.array(z.object({ Name: z.string(), Value: z.string().optional() })),
  UserMFASettingList: z.array(z.string()).default([]),
});

/** A user's account in the user pool. */
export interface Account {
  readonly userId: UserId;
  readonly email: string;
  /** Whether a sign-in needs an authenticator code. */
  readonly secondFactor: boolean;
}

/** Identifies an account by user id or by email address. The user pool accepts both. */
export type Holder = { readonly userId: UserId } | { readonly email: string };

/** Returns the user name in the pool: the address, or the user id without its prefix. */
const usernameOf = (holder: Holder) => ("email" in holder ? holder.email : holder.userId.slice(-subLength));

/** Calls an operation on an account. @throws user-not-found */
const call = <Answer>(
  settings: AdminSettings,
  operation: string,
  { holder, ...input }: { readonly holder: Holder } & Readonly<Record<string, unknown>>,
  schema: z.ZodType<Answer>,
  meanings: Meanings = {},
): Promise<Answer> =>
  callAsAdmin(settings, operation, { Username: usernameOf(holder), ...input }, schema, {
    UserNotFoundException: "user-not-found",
    ...meanings,
  });

/** @throws user-not-found */
export async function find(settings: AdminSettings, holder: Holder): Promise<Account> {
  const user = await call(settings, "AdminGetUser", { holder }, AdminGetUser);
  const attribute = (name: string) => user.UserAttributes.find(({ Name }) => Name === name)?.Value;
  const email = attribute("email");
  if (email === undefined) throw new Problem("user-not-found");
  return {
    userId: userIdOf(attribute("sub") ?? user.Username),
    email,
    secondFactor: user.UserMFASettingList.includes(softwareToken),
  };
}

/**
 * Sets the password of a confirmed user. Never call it for an unconfirmed user: it would confirm the account without a
 * code.
 *
 * @throws password-too-weak, user-not-found
 */
export async function setPassword(settings: AdminSettings, holder: Holder, password: string): Promise<void> {
  // Rejected by Cognito's general rules, or by the pool's policy.
  const refused = allMean("password-too-weak", ["InvalidParameterException", "InvalidPasswordException"]);
  await call(settings, "AdminSetUserPassword", { holder, Password: password, Permanent: true }, Nothing, refused);
}

/** Sets whether a sign-in needs an authenticator code. @throws user-not-found */
export async function setSecondFactor(settings: AdminSettings, holder: Holder, enabled: boolean): Promise<void> {
  const preference = { SoftwareTokenMfaSettings: { Enabled: enabled, PreferredMfa: enabled } };
  await call(settings, "AdminSetUserMFAPreference", { holder, ...preference }, Nothing);
}

/** Revokes all refresh tokens of the user, and all access tokens for Cognito's own API. @throws user-not-found */
export async function signOutEverywhere(settings: AdminSettings, holder: Holder): Promise<void> {
  await call(settings, "AdminUserGlobalSignOut", { holder }, Nothing);
}

/** Deletes the account with all its tokens. Idempotent. */
export async function remove(settings: AdminSettings, holder: Holder): Promise<void> {
  try {
    await call(settings, "AdminDeleteUser", { holder }, Nothing);
  } catch (error) {
    if (!isProblem(error, "user-not-found")) throw error;
  }
}
