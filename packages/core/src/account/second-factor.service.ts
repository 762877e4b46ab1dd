import { SecondFactorEnabledError, SecondFactorRequiredError } from "./account.errors.ts";
import type { SecondFactor, SecondFactorEnrolment } from "./account.ts";
import type { IdentitySettings, PoolSettings } from "./cognito.ts";
import * as repository from "./second-factor.repository.ts";
import { signInOnServer } from "./sign-in.repository.ts";

/** Under which name an app keeps the codes. */
const issuer = "Daybook";

/** Whether a sign-in of the user asks for a code. @throws SessionMissingError, UserNotFoundError */
export async function get(identity: PoolSettings, accessToken: string): Promise<SecondFactor> {
  const { enabled } = await repository.find(identity, accessToken);
  return { enabled };
}

/**
 * A new secret for the user's app. Nothing changes before it is confirmed, and a second factor that is on cannot be replaced: somebody
 * at an open tab of the user would put their own app in its place.
 *
 * @throws SecondFactorEnabledError, SessionMissingError, UserNotFoundError
 */
export async function enrol(identity: PoolSettings, accessToken: string): Promise<SecondFactorEnrolment> {
  const { email, enabled } = await repository.find(identity, accessToken);
  if (enabled) throw new SecondFactorEnabledError();
  const secret = await repository.associate(identity, accessToken);
  const label = `${issuer}:${encodeURIComponent(email)}`;
  return { secret, uri: `otpauth://totp/${label}?${new URLSearchParams({ secret, issuer })}` };
}

/**
 * Turns the second factor on, by a code of the app that has the new secret.
 *
 * @throws SecondFactorEnabledError, SecondFactorCodeIncorrectError, TooManyRequestsError, SessionMissingError, UserNotFoundError
 */
export async function confirm(identity: PoolSettings, accessToken: string, input: { code: string }): Promise<void> {
  const { enabled } = await repository.find(identity, accessToken);
  if (enabled) throw new SecondFactorEnabledError();
  await repository.verify(identity, accessToken, input.code);
  await repository.setEnabled(identity, accessToken, true);
}

/**
 * Turns the second factor off, which takes the password: an open tab alone must not be enough. That it is off already is no error.
 *
 * @throws PasswordIncorrectError, TooManyRequestsError, SessionMissingError, UserNotFoundError
 */
export async function disable(
  identity: IdentitySettings,
  accessToken: string,
  input: { password: string },
): Promise<void> {
  const { email, enabled } = await repository.find(identity, accessToken);
  if (!enabled) return;
  try {
    await signInOnServer(identity, { email, password: input.password });
  } catch (error) {
    // The password was right.
    if (!(error instanceof SecondFactorRequiredError)) throw error;
  }
  await repository.setEnabled(identity, accessToken, false);
}
