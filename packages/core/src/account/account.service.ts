import * as attempts from "../attempt/attempt.service.ts";
import { removeCodes } from "../recovery/recovery.service.ts";
import * as repository from "./cognito/accounts.ts";
import * as own from "./cognito/own-account.ts";
import { assertStrong } from "./password.strength.ts";
import type { ProofContext } from "./proof.ts";
import * as sessions from "./session/session.repository.ts";

/** Creates an unconfirmed account and emails its code. @throws password-too-weak, too-many-requests */
export async function signUp(
  ctx: ProofContext,
  input: { readonly email: string; readonly password: string },
): Promise<void> {
  await assertStrong(input.password, input.email);
  await attempts.begin(ctx, "mail", input.email);
  await repository.signUp(ctx.identity, input.email, input.password);
}

/**
 * Confirms an account with the code and sets the password of the person who has the code. Another person may have
 * signed up with this address and another password. Ends all sessions and tokens, and turns off the second factor.
 *
 * Sets the password before it ends the sessions, so that the old one cannot start a new session in between. The trigger
 * has already replaced the password of the sign-up with a random, unknown one. If a later step fails, the account keeps
 * the password that was set last, and its owner can reset it.
 *
 * @returns the secret of the browser's device cookie. The account recognizes this browser from now on
 * @throws confirmation-code-invalid, password-too-weak, too-many-requests
 */
export async function confirm(
  ctx: ProofContext,
  input: { readonly email: string; readonly code: string; readonly password: string },
): Promise<{ device: string }> {
  await assertStrong(input.password, input.email);
  const attempt = await attempts.begin(ctx, "code", input.email);
  await confirmUncounted(ctx, input);
  return { device: await attempt.succeedAndRemember("code", "mail", "password") };
}

/** Like `confirm`, for a caller that has counted the attempt. */
export async function confirmUncounted(
  { identity }: ProofContext,
  { email, code, password }: { readonly email: string; readonly code: string; readonly password: string },
): Promise<void> {
  await repository.confirm(identity, email, code);
  await own.setPassword(identity, { email }, password);
  const { userId } = await own.find(identity, { email });
  // Each call is idempotent, so there is no need to check which of these exist.
  await Promise.all([
    own.setSecondFactor(identity, { userId }, false),
    removeCodes(userId),
    own.signOutEverywhere(identity, { userId }),
    sessions.removeAll(userId),
  ]);
}

/** Emails a new code to an unconfirmed account. Does nothing for other addresses. @throws too-many-requests */
export async function resendConfirmation(ctx: ProofContext, input: { readonly email: string }): Promise<void> {
  await attempts.begin(ctx, "mail", input.email);
  await repository.resendConfirmation(ctx.identity, input.email);
}

/**
 * Emails a code for a new password, or the confirmation code if the account is unconfirmed. Does nothing for other
 * addresses.
 *
 * @throws too-many-requests
 */
export async function requestReset(ctx: ProofContext, input: { readonly email: string }): Promise<void> {
  await attempts.begin(ctx, "mail", input.email);
  await repository.requestReset(ctx.identity, input.email);
}
