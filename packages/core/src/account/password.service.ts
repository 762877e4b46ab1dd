import type { Actor } from "../actor.ts";
import * as accounts from "./account.repository.ts";
import type { IdentitySettings } from "./cognito.ts";
import * as own from "./own-account.repository.ts";
import * as sessions from "./session.repository.ts";
import type { Ending } from "./session.service.ts";
import { decodeSessionToken } from "./session.token.ts";
import { signIn } from "./sign-in.repository.ts";

/**
 * Sets a new password with the code from the mail, and ends all sessions of the user.
 *
 * The user pool tells its trigger of the new password, which ends the sessions that we keep. Refresh tokens of other clients of the
 * pool outlive a reset, so the new password is used at once, to sign out everywhere. What goes wrong then does not undo the reset: so it
 * is for an account with a second factor, whose password alone gives no tokens.
 *
 * @throws ConfirmationCodeInvalidError, PasswordTooWeakError, TooManyRequestsError
 */
export async function confirmReset(
  identity: IdentitySettings,
  input: { readonly email: string; readonly code: string; readonly newPassword: string },
): Promise<Ending> {
  await accounts.confirmReset(identity, input);
  try {
    const { userId, accessToken } = await signIn(identity, input.email, input.newPassword);
    await own.signOutEverywhere(identity, accessToken);
    await sessions.removeAll(userId);
    return { revoked: true };
  } catch (failure) {
    return { revoked: false, failure };
  }
}

/**
 * Changes the password, and ends all sessions of the user but that of the cookie. The refresh tokens of those that end can be
 * decrypted by nobody any more.
 *
 * @throws PasswordIncorrectError, PasswordTooWeakError, TooManyRequestsError
 * @throws SessionMissingError when the token was signed out
 * @throws UserNotFoundError when the account is gone
 */
export async function change(
  { userId }: Actor,
  input: { readonly currentPassword: string; readonly newPassword: string },
  {
    identity,
    accessToken,
    cookie,
  }: { readonly identity: IdentitySettings; readonly accessToken: string; readonly cookie: string | undefined },
): Promise<void> {
  await own.changePassword(identity, accessToken, input);
  const current = cookie === undefined ? undefined : decodeSessionToken(cookie);
  await sessions.removeAll(userId, current?.userId === userId ? current.sessionId : undefined);
}
