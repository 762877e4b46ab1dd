import * as repository from "./account.repository.ts";
import type { IdentitySettings } from "./cognito.ts";

/** Creates an account that waits for the code in the mail. @throws PasswordTooWeakError, TooManyRequestsError */
export async function signUp(identity: IdentitySettings, input: { email: string; password: string }): Promise<void> {
  await repository.signUp(identity, input.email, input.password);
}

/** Confirms an account with the code. @throws ConfirmationCodeInvalidError, TooManyRequestsError */
export async function confirm(identity: IdentitySettings, input: { email: string; code: string }): Promise<void> {
  await repository.confirm(identity, input.email, input.code);
}

/** Mails a new code to an account that waits for one, and says nothing otherwise. @throws TooManyRequestsError */
export async function resendConfirmation(identity: IdentitySettings, input: { email: string }): Promise<void> {
  await repository.resendConfirmation(identity, input.email);
}

/** The address of the account that an access token belongs to. @throws UserNotFoundError when the account is gone */
export async function emailOf(identity: IdentitySettings, accessToken: string): Promise<string> {
  return repository.emailOf(identity, accessToken);
}
