import * as z from "zod";
import { Problem, tooManyRequests } from "../../problem.ts";

import { callCognito, isCognitoError, type PoolSettings } from "./client.ts";
import { mapAccessTokenError } from "./own-account.ts";

/*
 * The second factor is kept by the user pool, too: what its owner can do with it, by an access token. The pool has one kind of it, the
 * codes of an app (TOTP).
 */

const Secret = z.object({ SecretCode: z.string() });
const Verification = z.object({ Status: z.string() });

/** A new secret for an app, which waits for its first code. @throws session-missing, user-not-found */
export async function associate(settings: PoolSettings, accessToken: string): Promise<string> {
  try {
    const input = { AccessToken: accessToken };
    return (await callCognito(settings, "AssociateSoftwareToken", input, Secret)).SecretCode;
  } catch (error) {
    throw mapAccessTokenError(error);
  }
}

const codeRefused = [
  "CodeMismatchException",
  "EnableSoftwareTokenMFAException",
  "ExpiredCodeException",
  "InvalidParameterException",
  "SoftwareTokenMFANotFoundException",
];

/**
 * Shows by a code that an app has the secret.
 * @throws second-factor-code-incorrect, too-many-requests, session-missing, user-not-found
 */
export async function verify(settings: PoolSettings, accessToken: string, code: string): Promise<void> {
  try {
    const input = { AccessToken: accessToken, UserCode: code };
    const { Status } = await callCognito(settings, "VerifySoftwareToken", input, Verification);
    // Some refusals are no error of the call.
    if (Status !== "SUCCESS") throw new Problem("second-factor-code-incorrect");
  } catch (error) {
    if (isCognitoError(error, ...codeRefused)) throw new Problem("second-factor-code-incorrect", { cause: error });
    if (isCognitoError(error, "LimitExceededException", "TooManyFailedAttemptsException"))
      throw tooManyRequests(undefined, { cause: error });
    throw mapAccessTokenError(error);
  }
}
