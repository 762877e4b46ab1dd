import type { Actor } from "../actor.ts";
import * as attempts from "../attempt/attempt.service.ts";
import { notify } from "../notice/notice.service.ts";
import { isProblem } from "../problem.ts";

import { confirmUncounted } from "./account.service.ts";
import * as accounts from "./cognito/accounts.ts";
import type { IdentitySettings } from "./cognito/client.ts";
import * as own from "./cognito/own-account.ts";
import { assertOwner, type ProofContext } from "./proof.ts";
import * as sessions from "./session.repository.ts";
import type { Ending } from "./session.service.ts";
import { decodeSessionToken } from "./session.token.ts";

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
export async function confirmReset(context: ProofContext, input: Reset): Promise<Ending & { device: string }> {
  const { identity, clock, caller } = context;
  const attempt = await attempts.begin("code", input.email, caller, clock);
  const ending = await resetOrConfirm(identity, input, async () => {
    const { failure } = await notify({ kind: "password-reset", email: input.email }, clock);
    return failure;
  });
  return { ...ending, device: await attempt.succeedAndRemember("code", "mail", "password") };
}

async function resetOrConfirm(
  identity: IdentitySettings,
  input: Reset,
  onReset: () => Promise<unknown>,
): Promise<Ending> {
  try {
    await accounts.confirmReset(identity, input);
  } catch (error) {
    if (!isProblem(error, "confirmation-code-invalid")) throw error;
    await confirmUncounted(identity, { ...input, password: input.newPassword });
    return { revoked: true };
  }
  const unnoticed = await onReset();
  return { ...(await endEverything(identity, input.email)), ...(unnoticed !== undefined && { failure: unnoticed }) };
}

/**
 * Ends the sessions and tokens again, after the user pool's trigger did so for the new password. A failure does not
 * undo the reset: the deleted session items held the only copies of the refresh tokens.
 */
async function endEverything(identity: IdentitySettings, email: string): Promise<Ending> {
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
 * @throws password-incorrect, password-too-weak, too-many-requests
 * @throws second-factor-required, second-factor-invalid when the password was correct
 * @throws user-not-found when the account was deleted
 */
export async function change(
  { userId }: Actor,
  input: { readonly currentPassword: string; readonly newPassword: string; readonly code?: string | undefined },
  context: ProofContext & { readonly cookie: string | undefined },
): Promise<{ failure?: unknown }> {
  const { identity, clock, cookie } = context;
  const email = await assertOwner(context, userId, { password: input.currentPassword, code: input.code });
  await own.setPassword(identity, { userId }, input.newPassword);
  const current = cookie === undefined ? undefined : decodeSessionToken(cookie);
  await sessions.removeAll(userId, current?.userId === userId ? current.sessionId : undefined);
  return notify({ kind: "password-changed", email }, clock);
}
