import { UserNotFoundError } from "../errors.ts";
import * as repository from "./account.repository.ts";
import type { IdentitySettings, PoolSettings } from "./cognito.ts";
import * as own from "./own-account.repository.ts";

/** Creates an account that waits for the code in the mail. @throws PasswordTooWeakError, TooManyRequestsError */
export async function signUp(identity: IdentitySettings, input: { email: string; password: string }): Promise<void> {
  await repository.signUp(identity, input.email, input.password);
}

/** Confirms an account with the code. @throws ConfirmationCodeInvalidError, TooManyRequestsError */
export async function confirm(identity: IdentitySettings, input: { email: string; code: string }): Promise<void> {
  await repository.confirm(identity, input.email, input.code);
}

/** Mails a new code to an account that waits for one, and says nothing otherwise. @throws TooManyRequestsError */
export async function resendConfirmation(identity: IdentitySettings, input: { email: string }): Promise<void> {
  await repository.resendConfirmation(identity, input.email);
}

/** Mails a code for a new password to a confirmed account, and says nothing otherwise. @throws TooManyRequestsError */
export async function requestReset(identity: IdentitySettings, input: { email: string }): Promise<void> {
  await repository.requestReset(identity, input.email);
}

/** The address of the account that an access token belongs to. @throws UserNotFoundError when the account is gone */
export async function emailOf(identity: PoolSettings, accessToken: string): Promise<string> {
  return own.emailOf(identity, accessToken);
}

/**
 * Resolves when the user pool still takes the token, or has no such account any more. @throws SessionMissingError when the token was
 * signed out
 */
export async function assertAccepted(identity: PoolSettings, accessToken: string): Promise<void> {
  await unlessGone(own.assertAccepted(identity, accessToken));
}

/** Deletes the account with all its tokens; that it is gone already is no error. @throws SessionMissingError */
export async function remove(identity: PoolSettings, accessToken: string): Promise<void> {
  await unlessGone(own.remove(identity, accessToken));
}

async function unlessGone(call: Promise<void>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof UserNotFoundError)) throw error;
  }
}
