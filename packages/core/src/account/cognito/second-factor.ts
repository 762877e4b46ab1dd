import * as z from "zod";
import { Problem, tooManyRequests } from "../../problem.ts";

import { callCognito, isCognitoError, type PoolSettings } from "./client.ts";
import { mapAccessTokenError } from "./own-account.ts";

/*
 * Operations on the second factor in the user pool, authorized by the owner's access token. The pool supports only
 * authenticator apps (TOTP).
 */

const Secret = z.object({ SecretCode: z.string() });
const Verification = z.object({ Status: z.string() });

/**
 * Creates a secret for an authenticator app, to be verified with a first code.
 *
 * @throws session-missing, user-not-found
 */
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
 * Verifies with a code that the app has the secret.
 *
 * @throws second-factor-code-incorrect, too-many-requests, session-missing, user-not-found
 */
export async function verify(settings: PoolSettings, accessToken: string, code: string): Promise<void> {
  try {
    const input = { AccessToken: accessToken, UserCode: code };
    const { Status } = await callCognito(settings, "VerifySoftwareToken", input, Verification);
    // Cognito can reject a code with a successful response.
    if (Status !== "SUCCESS") throw new Problem("second-factor-code-incorrect");
  } catch (error) {
    if (isCognitoError(error, ...codeRefused)) throw new Problem("second-factor-code-incorrect", { cause: error });
    if (isCognitoError(error, "LimitExceededException", "TooManyFailedAttemptsException"))
      throw tooManyRequests(undefined, { cause: error });
    throw mapAccessTokenError(error);
  }
}
