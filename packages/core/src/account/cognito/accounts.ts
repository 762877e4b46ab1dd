import * as z from "zod";
import { Problem } from "../../problem.ts";

import { callCognito, type IdentitySettings, isCognitoError, isTriggerFailure } from "./client.ts";
import { secretHash } from "./secret-hash.ts";

/*
 * Accounts are kept by the user pool: what anybody can ask of it, by an address. The answers do not tell whether an address has an account:
 * what Cognito says only of existing accounts is answered as for one that does not exist.
 */

const Nothing = z.object({});

/** The members that every operation about an address has. */
const about = ({ web }: IdentitySettings, email: string) => ({
  ClientId: web.id(),
  SecretHash: secretHash(web, email),
  Username: email,
});

/**
 * Mails a code to a new address, and another one to an address that waits for confirmation. Each address causes the same two calls in the
 * same order; the one that mails nothing for a new address comes first.
 *
 * @throws password-too-weak
 */
export async function signUp(settings: IdentitySettings, email: string, password: string): Promise<void> {
  await resendConfirmation(settings, email);
  const input = { ...about(settings, email), Password: password };
  try {
    const attributes = [{ Name: "email", Value: email }];
    await callCognito(settings, "SignUp", { ...input, UserAttributes: attributes }, Nothing);
  } catch (error) {
    if (isCognitoError(error, "InvalidPasswordException")) throw new Problem("password-too-weak", { cause: error });
    if (!isCognitoError(error, "UsernameExistsException")) throw error;
  }
}

const codeRefused = [
  "AliasExistsException",
  "CodeMismatchException",
  "ExpiredCodeException",
  "InvalidParameterException",
  "LimitExceededException",
  "NotAuthorizedException",
  "TooManyFailedAttemptsException",
  "UserNotConfirmedException",
  "UserNotFoundException",
];

/** @throws confirmation-code-invalid */
export async function confirm(settings: IdentitySettings, email: string, code: string): Promise<void> {
  const input = { ...about(settings, email), ConfirmationCode: code };
  try {
    await callCognito(settings, "ConfirmSignUp", input, Nothing);
  } catch (error) {
    // The account is confirmed before the trigger runs and stays so: what the trigger failed to write, the first use repairs.
    if (isTriggerFailure(error)) return;
    if (isCognitoError(error, ...codeRefused)) throw new Problem("confirmation-code-invalid", { cause: error });
    throw error;
  }
}

/** Mails a new code, if the account exists and waits for one. */
export async function resendConfirmation(settings: IdentitySettings, email: string): Promise<void> {
  await mailCode(settings, "ResendConfirmationCode", email);
}

/**
 * Mails a code for a new password to a confirmed account, and a code that confirms it to one that waits for it. Each address causes the same
 * two calls in the same order, of which at most one sends a mail.
 */
export async function requestReset(settings: IdentitySettings, email: string): Promise<void> {
  await mailCode(settings, "ForgotPassword", email);
  await mailCode(settings, "ResendConfirmationCode", email);
}

/** What these refusals tell is whether there is an account. */
async function mailCode(settings: IdentitySettings, operation: string, email: string): Promise<void> {
  try {
    await callCognito(settings, operation, about(settings, email), Nothing);
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
    await callCognito(settings, "ConfirmForgotPassword", input, Nothing);
  } catch (error) {
    // The password is set before the trigger runs and stays so.
    if (isTriggerFailure(error)) return;
    if (isCognitoError(error, "InvalidPasswordException")) throw new Problem("password-too-weak", { cause: error });
    if (isCognitoError(error, ...codeRefused)) throw new Problem("confirmation-code-invalid", { cause: error });
    throw error;
  }
}
