import * as z from "zod";
import { type UserId, userIdOf } from "../../ids.ts";
import { isProblem, Problem } from "../../problem.ts";

import { type AdminSettings, callAsAdmin, isCognitoError } from "./client.ts";

/*
 * Accounts are kept by the user pool: what the API does with the account of a user, under IAM. The user proves who they are beforehand:
 * by an access token of ours, by a password, or by a code from a mail.
 */

const softwareToken = "SOFTWARE_TOKEN_MFA";
const subLength = 36;

const Nothing = z.object({});
const AdminGetUser = z.object({
  Username: z.string(),
  UserAttributes: z.array(z.object({ Name: z.string(), Value: z.string().optional() })),
  UserMFASettingList: z.array(z.string()).default([]),
});

/** What the user pool knows of a user. */
export interface Account {
  readonly userId: UserId;
  readonly email: string;
  /** Whether a sign-in asks for the code of an app. */
  readonly secondFactor: boolean;
}

/** Whose account it is; the user pool knows each by both. */
export type Holder = { readonly userId: UserId } | { readonly email: string };

/** The user pool's own name of a user is the id without its prefix. */
const usernameOf = (holder: Holder) => ("email" in holder ? holder.email : holder.userId.slice(-subLength));

/** @throws user-not-found */
async function call<Answer>(
  settings: AdminSettings,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  schema: z.ZodType<Answer>,
): Promise<Answer> {
  try {
    return await callAsAdmin(settings, operation, input, schema);
  } catch (error) {
    if (isCognitoError(error, "UserNotFoundException")) throw new Problem("user-not-found", { cause: error });
    throw error;
  }
}

/** @throws user-not-found */
export async function find(settings: AdminSettings, holder: Holder): Promise<Account> {
  const user = await call(settings, "AdminGetUser", { Username: usernameOf(holder) }, AdminGetUser);
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
 * Sets the password of a confirmed user. An unconfirmed user would be confirmed by it, without a code: never call it for one.
 * @throws password-too-weak, user-not-found
 */
export async function setPassword(settings: AdminSettings, holder: Holder, password: string): Promise<void> {
  try {
    const input = { Username: usernameOf(holder), Password: password, Permanent: true };
    await call(settings, "AdminSetUserPassword", input, Nothing);
  } catch (error) {
    // By its own rules or by the pool's.
    if (isCognitoError(error, "InvalidParameterException", "InvalidPasswordException"))
      throw new Problem("password-too-weak", { cause: error });
    throw error;
  }
}

/** Chooses whether a sign-in asks for the code of the user's app. @throws user-not-found */
export async function setSecondFactor(settings: AdminSettings, holder: Holder, enabled: boolean): Promise<void> {
  const preference = { SoftwareTokenMfaSettings: { Enabled: enabled, PreferredMfa: enabled } };
  await call(settings, "AdminSetUserMFAPreference", { Username: usernameOf(holder), ...preference }, Nothing);
}

/** Ends every refresh token of the user, and every access token where Cognito itself looks at it. @throws user-not-found */
export async function signOutEverywhere(settings: AdminSettings, holder: Holder): Promise<void> {
  await call(settings, "AdminUserGlobalSignOut", { Username: usernameOf(holder) }, Nothing);
}

/** Deletes the account with all its tokens. Idempotent. */
export async function remove(settings: AdminSettings, holder: Holder): Promise<void> {
  try {
    await call(settings, "AdminDeleteUser", { Username: usernameOf(holder) }, Nothing);
  } catch (error) {
    if (!isProblem(error, "user-not-found")) throw error;
  }
}

/** Maps the user pool's refusal of an access token that the gateway accepted to an error of ours. */
export function mapAccessTokenError(error: unknown): unknown {
  if (isCognitoError(error, "NotAuthorizedException")) return new Problem("session-missing", { cause: error });
  return isCognitoError(error, "UserNotFoundException") ? new Problem("user-not-found", { cause: error }) : error;
}
