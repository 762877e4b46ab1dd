import type { Caller } from "../attempt/attempt.caller.ts";
import * as attempts from "../attempt/attempt.service.ts";
import type { Clock } from "../clock.ts";
import type { UserId } from "../ids.ts";
import { isProblem, Problem } from "../problem.ts";
import { spendCode } from "../recovery/recovery.service.ts";

import type { IdentitySettings } from "./cognito/client.ts";
import * as own from "./cognito/own-account.ts";
import { signInOnServer } from "./cognito/sign-in.ts";

/**
 * Credentials that a signed-in user sends with a sensitive change. `code` is required if the account has a second
 * factor.
 */
export interface Proof {
  readonly password: string;
  readonly code?: string | undefined;
}

/** Dependencies of a proof. */
export interface ProofContext {
  readonly identity: IdentitySettings;
  readonly clock: Clock;
  readonly caller: Caller;
}

/**
 * Verifies the user's password and code before a sensitive change. An access token alone is not enough, because it can
 * come from a tab that was left open. The code cannot be used again.
 *
 * @returns the email address of the account
 * @throws password-incorrect, second-factor-required, second-factor-invalid, too-many-requests, user-not-found
 */
export async function assertOwner(context: ProofContext, userId: UserId, proof: Proof): Promise<string> {
  const { email } = await own.find(context.identity, { userId });
  await asOwner(context, { userId, email }, proof, async () => undefined);
  return email;
}

/**
 * Like `assertOwner`, with a recovery code instead of an authenticator code. The recovery code cannot be used again.
 *
 * @throws password-incorrect, recovery-code-invalid, too-many-requests, user-not-found
 */
export async function assertOwnerByRecovery(
  context: ProofContext,
  userId: UserId,
  { password, recoveryCode }: { readonly password: string; readonly recoveryCode: string },
): Promise<string> {
  const { email } = await own.find(context.identity, { userId });
  try {
    await asOwner(context, { userId, email }, { password }, async () => undefined);
  } catch (error) {
    // The password was correct.
    if (!isProblem(error, "second-factor-required")) throw error;
    if (!(await spendCode(userId, recoveryCode, context.clock))) throw new Problem("recovery-code-invalid");
  }
  return email;
}

/**
 * Verifies the user like `assertOwner`, then runs `work` with an access token, which some operations of Cognito require
 * (`AssociateSoftwareToken`, `VerifySoftwareToken`). `work` must not leak the token. It expires within minutes and is
 * not renewed.
 *
 * @throws password-incorrect, second-factor-required, second-factor-invalid, too-many-requests
 */
export async function asOwner<Result>(
  { identity, clock, caller }: ProofContext,
  { userId, email }: { readonly userId: UserId; readonly email: string },
  { password, code }: Proof,
  work: (accessToken: string) => Promise<Result>,
): Promise<Result> {
  const attempt = await attempts.begin("proof", userId, caller, clock);
  const { accessToken } = await attempts.unlessNoGuess(
    attempt,
    (error) => isProblem(error, "second-factor-required"),
    () => signInOnServer(identity, { email, password, code }),
  );
  await attempt.succeed("proof");
  return work(accessToken);
}
