import * as z from "zod";
import { Problem } from "../../problem.ts";
import { allMean, callCognito, type Meanings, type PoolSettings, tokenRefused } from "./client.ts";

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
  const input = { AccessToken: accessToken };
  return (await callCognito(settings, "AssociateSoftwareToken", input, Secret, tokenRefused)).SecretCode;
}

const codeRefused: Meanings = {
  ...tokenRefused,
  ...allMean("too-many-requests", ["LimitExceededException", "TooManyFailedAttemptsException"]),
  ...allMean("second-factor-code-incorrect", [
    "CodeMismatchException",
    "EnableSoftwareTokenMFAException",
    "ExpiredCodeException",
    "InvalidParameterException",
    "SoftwareTokenMFANotFoundException",
  ]),
};

/**
 * Verifies with a code that the app has the secret.
 *
 * @throws second-factor-code-incorrect, too-many-requests, session-missing, user-not-found
 */
export async function verify(settings: PoolSettings, accessToken: string, code: string): Promise<void> {
  const input = { AccessToken: accessToken, UserCode: code };
  const { Status } = await callCognito(settings, "VerifySoftwareToken", input, Verification, codeRefused);
  // Cognito can reject a code with a successful response.
  if (Status !== "SUCCESS") throw new Problem("second-factor-code-incorrect");
}
