import * as attempts from "../attempt/attempt.service.ts";
import type { UserContext } from "../call-context.ts";
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

/** A call that proves who makes it, by a password or a code. */
export interface ProofContext extends attempts.AttemptContext {
  readonly identity: IdentitySettings;
}

/** A sensitive call of a signed-in user. */
export type OwnerContext = ProofContext & UserContext;

/**
 * Verifies the user's password and code before a sensitive change. An access token alone is not enough, because it can
 * come from a tab that was left open. The code cannot be used again.
 *
 * @returns the email address of the account
 * @throws password-incorrect, second-factor-required, second-factor-invalid, too-many-requests, user-not-found
 */
export async function assertOwner(ctx: OwnerContext, proof: Proof): Promise<string> {
  const { email } = await own.find(ctx.identity, ctx.actor);
  await asOwner(ctx, email, proof, async () => undefined);
  return email;
}

/**
 * Like `assertOwner`, with a recovery code instead of an authenticator code. The recovery code cannot be used again.
 *
 * @throws password-incorrect, recovery-code-invalid, too-many-requests, user-not-found
 */
export async function assertOwnerByRecovery(
  ctx: OwnerContext,
  { password, recoveryCode }: { readonly password: string; readonly recoveryCode: string },
): Promise<string> {
  const { email } = await own.find(ctx.identity, ctx.actor);
  try {
    await asOwner(ctx, email, { password }, async () => undefined);
  } catch (error) {
    // The password was correct.
    if (!isProblem(error, "second-factor-required")) throw error;
    if (!(await spendCode(ctx, ctx.actor.userId, recoveryCode))) throw new Problem("recovery-code-invalid");
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
  ctx: OwnerContext,
  email: string,
  { password, code }: Proof,
  work: (accessToken: string) => Promise<Result>,
): Promise<Result> {
  const attempt = await attempts.begin(ctx, "proof", ctx.actor.userId);
  const { accessToken } = await attempts.unlessNoGuess(
    attempt,
    (error) => isProblem(error, "second-factor-required"),
    () => signInOnServer(ctx.identity, { email, password, code }),
  );
  await attempt.succeed("proof");
  return work(accessToken);
}
