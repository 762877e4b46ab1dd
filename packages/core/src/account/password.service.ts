import * as attempts from "../attempt/attempt.service.ts";
import { notify } from "../notice/notice.service.ts";
import { isProblem, Problem } from "../problem.ts";

import { confirmUncounted } from "./account.service.ts";
import * as accounts from "./cognito/accounts.ts";
import * as own from "./cognito/own-account.ts";
import { assertStrong } from "./password.strength.ts";
import { assertOwner, type OwnerContext, type ProofContext } from "./proof.ts";
import { idOf } from "./session/session.own.service.ts";
import * as sessions from "./session/session.repository.ts";
import type { Ending } from "./session/session.service.ts";

interface Reset {
  readonly email: string;
  readonly code: string;
  readonly newPassword: string;
}

/**
 * Sets a new password with the emailed code and ends all sessions of the user. If the account is unconfirmed, the code
 * confirms it instead. Makes the same calls in the same order for every address until a code is correct.
 *
 * @returns the failure of a step after the password was set, if there was one, and the secret of the browser's device
 * cookie. The account recognizes this browser from now on
 * @throws confirmation-code-invalid, password-too-weak, too-many-requests
 */
export async function confirmReset(ctx: ProofContext, input: Reset): Promise<Ending & { device: string }> {
  await assertStrong(input.newPassword, input.email);
  const attempt = await attempts.begin(ctx, "code", input.email);
  const ending = await resetOrConfirm(ctx, input);
  return { ...ending, device: await attempt.succeedAndRemember("code", "mail", "password") };
}

async function resetOrConfirm(ctx: ProofContext, input: Reset): Promise<Ending> {
  try {
    await accounts.confirmReset(ctx.identity, input);
  } catch (error) {
    if (!isProblem(error, "confirmation-code-invalid")) throw error;
    await confirmUncounted(ctx, { ...input, password: input.newPassword });
    return { revoked: true };
  }
  const notified = await notify(ctx, { kind: "password-reset", email: input.email });
  return { ...(await endEverything(ctx, input.email)), ...notified };
}

/**
 * Ends the sessions and tokens again, after the user pool's trigger did so for the new password. A failure does not
 * undo the reset: the deleted session items held the only copies of the refresh tokens.
 */
async function endEverything({ identity }: ProofContext, email: string): Promise<Ending> {
  try {
    const { userId } = await own.find(identity, { email });
    await own.signOutEverywhere(identity, { userId });
    await sessions.removeAll(userId);
    return { revoked: true };
  } catch (failure) {
    return { revoked: false, failure };
  }
}

/**
 * Changes the password and ends all sessions of the user except the cookie's.
 *
 * A global sign-out at the user pool would also end the current session, and a new sign-in would need a second code.
 * Deleting the other session items is enough: each holds the only copy of its refresh token, encrypted with the secret
 * of its cookie, and Cognito rejects the token without the client's secret.
 *
 * @throws password-incorrect, password-unchanged, password-too-weak, too-many-requests
 * @throws second-factor-required, second-factor-invalid when the password was correct
 * @throws user-not-found when the account was deleted
 */
export async function change(
  ctx: OwnerContext & { readonly cookie: string | undefined },
  input: { readonly currentPassword: string; readonly newPassword: string; readonly code?: string | undefined },
): Promise<{ failure?: unknown }> {
  const { identity, cookie, actor } = ctx;
  const { userId } = actor;
  // Before the proof, so that it costs no attempt and no code.
  if (input.newPassword === input.currentPassword) throw new Problem("password-unchanged");
  const email = await assertOwner(ctx, { password: input.currentPassword, code: input.code });
  await assertStrong(input.newPassword, email);
  await own.setPassword(identity, actor, input.newPassword);
  await sessions.removeAll(userId, idOf(cookie, userId));
  return notify(ctx, { kind: "password-changed", email });
}
