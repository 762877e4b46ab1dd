import type { Caller } from "../attempt/attempt.caller.ts";
import * as attempts from "../attempt/attempt.service.ts";
import type { Clock } from "../clock.ts";
import type { UserId } from "../ids.ts";
import { isProblem, Problem } from "../problem.ts";
import { spendCode } from "../recovery/recovery.service.ts";

import type { IdentitySettings } from "./cognito/client.ts";
import * as own from "./cognito/own-account.ts";
import { signInOnServer } from "./cognito/sign-in.ts";

/** What a signed-in user proves a sensitive change with; the code where the account has a second factor. */
export interface Proof {
  readonly password: string;
  readonly code?: string | undefined;
}

/** What a proof needs of the world outside. */
export interface ProofContext {
  readonly identity: IdentitySettings;
  readonly clock: Clock;
  readonly caller: Caller;
}

/**
 * Resolves when the proof is the user's: an access token alone, such as that of a tab left open, is not enough for a sensitive change.
 * A code is spent by it.
 *
 * @returns the address of the account
 * @throws password-incorrect, second-factor-required, second-factor-invalid, too-many-requests, user-not-found
 */
export async function assertOwner(context: ProofContext, userId: UserId, proof: Proof): Promise<string> {
  const { email } = await own.find(context.identity, { userId });
  await asOwner(context, { userId, email }, proof, async () => undefined);
  return email;
}

/**
 * As `assertOwner`, with a recovery code in place of the code of the app. The code is spent by it.
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
    // The password was right.
    if (!isProblem(error, "second-factor-required")) throw error;
    if (!(await spendCode(userId, recoveryCode, context.clock))) throw new Problem("recovery-code-invalid");
  }
  return email;
}

/**
 * Proves the user as `assertOwner` does, and carries out what Cognito does for the user's own access token alone
 * (`AssociateSoftwareToken`, `VerifySoftwareToken`). The token must not leave `work`; it expires within minutes, and nothing renews it.
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
