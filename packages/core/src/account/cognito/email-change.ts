import * as z from "zod";
import {
  allMean,
  callCognito,
  isCognitoError,
  type Meanings,
  notMailed,
  type PoolSettings,
  tokenRefused,
} from "./client.ts";

/*
 * A change of the email address in the user pool, authorized by the owner's access token. The pool keeps the current
 * address until the new one is verified.
 */

const Nothing = z.object({});

/**
 * Mails a code to a new address. Mails nothing if the address has an account, and does not tell the caller.
 *
 * @throws session-missing, user-not-found, temporarily-unavailable
 */
export async function mailCode(settings: PoolSettings, accessToken: string, email: string): Promise<void> {
  const input = { AccessToken: accessToken, UserAttributes: [{ Name: "email", Value: email }] };
  try {
    await callCognito(settings, "UpdateUserAttributes", input, Nothing, { ...tokenRefused, ...notMailed });
  } catch (error) {
    if (!isCognitoError(error, "AliasExistsException", "InvalidParameterException", "LimitExceededException"))
      throw error;
  }
}

const codeRefused: Meanings = {
  ...tokenRefused,
  ...allMean("confirmation-code-invalid", [
    "AliasExistsException",
    "CodeMismatchException",
    "ExpiredCodeException",
    "InvalidParameterException",
    "LimitExceededException",
    "TooManyFailedAttemptsException",
  ]),
};

/**
 * Replaces the address by the one to which the code was mailed.
 *
 * @throws confirmation-code-invalid, also when the address has got an account since, session-missing, user-not-found
 */
export async function verify(settings: PoolSettings, accessToken: string, code: string): Promise<void> {
  const input = { AccessToken: accessToken, AttributeName: "email", Code: code };
  await callCognito(settings, "VerifyUserAttribute", input, Nothing, codeRefused);
}
