import type { Actor } from "../actor.ts";
import * as accounts from "./account.repository.ts";
import type { IdentitySettings } from "./cognito.ts";
import * as own from "./own-account.repository.ts";
import { assertOwner } from "./proof.ts";
import * as sessions from "./session.repository.ts";
import type { Ending } from "./session.service.ts";
import { decodeSessionToken } from "./session.token.ts";

/**
 * Sets a new password with the code from the mail, and ends all sessions of the user.
 *
 * The user pool tells its trigger of the new password, which ends the sessions that we keep. What goes wrong when the tokens are ended at
 * the pool, too, does not undo the reset: the session items held the only copies of its refresh tokens.
 *
 * @throws ConfirmationCodeInvalidError, PasswordTooWeakError, TooManyRequestsError
 */
export async function confirmReset(
  identity: IdentitySettings,
  input: { readonly email: string; readonly code: string; readonly newPassword: string },
): Promise<Ending> {
  await accounts.confirmReset(identity, input);
  try {
    const { userId } = await own.find(identity, input);
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
 * @throws PasswordIncorrectError, PasswordTooWeakError, TooManyRequestsError
 * @throws SecondFactorRequiredError, SecondFactorInvalidError when the password was right
 * @throws UserNotFoundError when the account is gone
 */
export async function change(
  { userId }: Actor,
  input: { readonly currentPassword: string; readonly newPassword: string; readonly code?: string | undefined },
  { identity, cookie }: { readonly identity: IdentitySettings; readonly cookie: string | undefined },
): Promise<void> {
  await assertOwner(identity, userId, { password: input.currentPassword, code: input.code });
  await own.setPassword(identity, { userId }, input.newPassword);
  const current = cookie === undefined ? undefined : decodeSessionToken(cookie);
  await sessions.removeAll(userId, current?.userId === userId ? current.sessionId : undefined);
}
