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
 * Sets a new password with the code from the mail, and ends all sessions of the user. The code that an account got which waits for
 * confirmation confirms it instead. Every address causes the same calls in the same order until a code is right.
 *
 * @returns what could not be done after the password was set, and the secret of the browser's device cookie: from now on it is known to
 * the account
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
 * The user pool tells its trigger of the new password, which ends the sessions that we keep. What goes wrong when the tokens are ended at
 * the pool, too, does not undo the reset: the session items held the only copies of its refresh tokens.
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
 * Changes the password, and ends all sessions of the user but that of the cookie.
 *
 * A sign-out of everything at the user pool would end that session, too, and to sign in again would take a second code. To remove the
 * items of the others is enough: each holds the only copy of its refresh token, sealed with the secret of its cookie, and Cognito
 * takes none without the secret of the client.
 *
 * @throws password-incorrect, password-too-weak, too-many-requests
 * @throws second-factor-required, second-factor-invalid when the password was right
 * @throws user-not-found when the account is gone
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
