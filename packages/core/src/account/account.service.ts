import * as attempts from "../attempt/attempt.service.ts";
import { removeCodes } from "../recovery/recovery.service.ts";
import * as repository from "./cognito/accounts.ts";
import type { IdentitySettings } from "./cognito/client.ts";
import * as own from "./cognito/own-account.ts";
import type { ProofContext } from "./proof.ts";
import * as sessions from "./session.repository.ts";

/** Creates an account that waits for the code in the mail. @throws password-too-weak, too-many-requests */
export async function signUp(
  { identity, clock, caller }: ProofContext,
  input: { readonly email: string; readonly password: string },
): Promise<void> {
  await attempts.begin("mail", input.email, caller, clock);
  await repository.signUp(identity, input.email, input.password);
}

/**
 * Confirms an account with the code, and sets the password of whoever has it: the address may have been signed up by somebody else, with
 * another one. Nothing of before is left: no session, no token, no second factor.
 *
 * The password comes first: from then on nobody can sign in with another one. The trigger has replaced the one of the sign-up already, so
 * an account whose confirmation ends half-way has a password that nobody knows, until its owner resets it.
 *
 * @returns the secret of the browser's device cookie: from now on it is known to the account
 * @throws confirmation-code-invalid, password-too-weak, too-many-requests
 */
export async function confirm(
  { identity, clock, caller }: ProofContext,
  input: { readonly email: string; readonly code: string; readonly password: string },
): Promise<{ device: string }> {
  const attempt = await attempts.begin("code", input.email, caller, clock);
  await confirmUncounted(identity, input);
  return { device: await attempt.succeedAndRemember("code", "mail", "password") };
}

/** As `confirm`, for a caller that has counted the attempt. */
export async function confirmUncounted(
  identity: IdentitySettings,
  { email, code, password }: { readonly email: string; readonly code: string; readonly password: string },
): Promise<void> {
  await repository.confirm(identity, email, code);
  await own.setPassword(identity, { email }, password);
  const { userId } = await own.find(identity, { email });
  // Each call is idempotent, so there is no need to look up first what exists.
  await Promise.all([
    own.setSecondFactor(identity, { userId }, false),
    removeCodes(userId),
    own.signOutEverywhere(identity, { userId }),
    sessions.removeAll(userId),
  ]);
}

/** Mails a new code to an account that waits for one, and says nothing otherwise. @throws too-many-requests */
export async function resendConfirmation(
  { identity, clock, caller }: ProofContext,
  input: { readonly email: string },
): Promise<void> {
  await attempts.begin("mail", input.email, caller, clock);
  await repository.resendConfirmation(identity, input.email);
}

/**
 * Mails a code for a new password, or to an account that waits for confirmation the code that confirms it; says nothing otherwise.
 * @throws too-many-requests
 */
export async function requestReset(
  { identity, clock, caller }: ProofContext,
  input: { readonly email: string },
): Promise<void> {
  await attempts.begin("mail", input.email, caller, clock);
  await repository.requestReset(identity, input.email);
}
