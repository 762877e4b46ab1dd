import * as z from "zod";
import { allMean, callCognito, type IdentitySettings, isCognitoError, notMailed, triggerFailures } from "./client.ts";
import { secretHash } from "./secret-hash.ts";

/*
 * Public operations on accounts in the user pool, by email address. The results do not reveal whether an address has an
 * account: an error that Cognito returns only for existing accounts is handled like that of a missing account.
 */

const Nothing = z.object({});

/** Members of the input of every operation on an address. */
const about = ({ web }: IdentitySettings, email: string) => ({
  ClientId: web.id(),
  SecretHash: secretHash(web, email),
  Username: email,
});

/**
 * Emails a code to a new address, or a new code to an unconfirmed one. Every address causes the same two calls in the
 * same order. The first call emails nothing to a new address.
 *
 * @throws password-too-weak
 */
export async function signUp(settings: IdentitySettings, email: string, password: string): Promise<void> {
  await resendConfirmation(settings, email);
  const UserAttributes = [{ Name: "email", Value: email }];
  const input = { ...about(settings, email), Password: password, UserAttributes };
  try {
    const meanings = { ...notMailed, InvalidPasswordException: "password-too-weak" } as const;
    await callCognito(settings, "SignUp", input, Nothing, meanings);
  } catch (error) {
    if (!isCognitoError(error, "UsernameExistsException")) throw error;
  }
}

const codeRefused = allMean("confirmation-code-invalid", [
  "AliasExistsException",
  "CodeMismatchException",
  "ExpiredCodeException",
  "InvalidParameterException",
  "LimitExceededException",
  "NotAuthorizedException",
  "TooManyFailedAttemptsException",
  "UserNotConfirmedException",
  "UserNotFoundException",
]);

/** @throws confirmation-code-invalid */
export async function confirm(settings: IdentitySettings, email: string, code: string): Promise<void> {
  const input = { ...about(settings, email), ConfirmationCode: code };
  try {
    await callCognito(settings, "ConfirmSignUp", input, Nothing, codeRefused);
  } catch (error) {
    // The account is confirmed before the trigger runs, and stays confirmed if it fails. The first use of the account
    // writes the items that the trigger did not write.
    if (!isCognitoError(error, ...triggerFailures)) throw error;
  }
}

/** Emails a new code if the account exists and is unconfirmed. */
export async function resendConfirmation(settings: IdentitySettings, email: string): Promise<void> {
  await mailCode(settings, "ResendConfirmationCode", email);
}

/**
 * Emails a code for a new password to a confirmed account, or a confirmation code to an unconfirmed one. Every address
 * causes the same two calls in the same order. At most one of them sends an email.
 */
export async function requestReset(settings: IdentitySettings, email: string): Promise<void> {
  await mailCode(settings, "ForgotPassword", email);
  await mailCode(settings, "ResendConfirmationCode", email);
}

/** Ignores the errors that would reveal whether an account exists. */
async function mailCode(settings: IdentitySettings, operation: string, email: string): Promise<void> {
  try {
    await callCognito(settings, operation, about(settings, email), Nothing, notMailed);
  } catch (error) {
    const silent = [
      "InvalidParameterException",
      "LimitExceededException",
      "NotAuthorizedException",
      "UserNotConfirmedException",
      "UserNotFoundException",
    ];
    if (!isCognitoError(error, ...silent)) throw error;
  }
}

/** Sets a new password. @throws confirmation-code-invalid, password-too-weak */
export async function confirmReset(
  settings: IdentitySettings,
  { email, code, newPassword }: { readonly email: string; readonly code: string; readonly newPassword: string },
): Promise<void> {
  const input = { ...about(settings, email), ConfirmationCode: code, Password: newPassword };
  try {
    const meanings = { ...codeRefused, InvalidPasswordException: "password-too-weak" } as const;
    await callCognito(settings, "ConfirmForgotPassword", input, Nothing, meanings);
  } catch (error) {
    // The password is set before the trigger runs, and stays set if it fails.
    if (!isCognitoError(error, ...triggerFailures)) throw error;
  }
}
