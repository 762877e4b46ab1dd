import * as repository from "./account.repository.ts";
import type { IdentitySettings } from "./cognito.ts";
import * as own from "./own-account.repository.ts";
import * as sessions from "./session.repository.ts";

/** Creates an account that waits for the code in the mail. @throws PasswordTooWeakError, TooManyRequestsError */
export async function signUp(identity: IdentitySettings, input: { email: string; password: string }): Promise<void> {
  await repository.signUp(identity, input.email, input.password);
}

/**
 * Confirms an account with the code, and sets the password of whoever has it: the address may have been signed up by somebody else, with
 * another one. Nothing of before is left: no session, no token, no second factor.
 *
 * The password comes first: from then on nobody can sign in with another one. The trigger has replaced the one of the sign-up already, so
 * an account whose confirmation ends half-way has a password that nobody knows, until its owner resets it.
 *
 * @throws ConfirmationCodeInvalidError, PasswordTooWeakError, TooManyRequestsError
 */
export async function confirm(
  identity: IdentitySettings,
  { email, code, password }: { email: string; code: string; password: string },
): Promise<void> {
  await repository.confirm(identity, email, code);
  await own.setPassword(identity, { email }, password);
  const { userId, secondFactor } = await own.find(identity, { email });
  if (secondFactor) await own.setSecondFactor(identity, { userId }, false);
  await own.signOutEverywhere(identity, { userId });
  await sessions.removeAll(userId);
}

/** Mails a new code to an account that waits for one, and says nothing otherwise. @throws TooManyRequestsError */
export async function resendConfirmation(identity: IdentitySettings, input: { email: string }): Promise<void> {
  await repository.resendConfirmation(identity, input.email);
}

/** Mails a code for a new password to a confirmed account, and says nothing otherwise. @throws TooManyRequestsError */
export async function requestReset(identity: IdentitySettings, input: { email: string }): Promise<void> {
  await repository.requestReset(identity, input.email);
}
