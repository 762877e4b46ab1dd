import * as z from "zod";
import type { ProblemCode } from "../../contract/problem.ts";
import { type UserId, userIdOf } from "../../ids.ts";
import { Problem } from "../../problem.ts";

import {
  allMean,
  callCognito,
  type IdentitySettings,
  isCognitoError,
  type Meanings,
  type PoolClient,
  type PoolSettings,
  triggerFailures,
} from "./client.ts";
import { secretHash } from "./secret-hash.ts";

/*
 * Sign-in and refresh with the user pool. The results reveal nothing about the second factor before a correct password.
 */

/** The user pool rejected a refresh token: it is invalid, expired or revoked. */
export class RefreshTokenInvalidError extends Error {
  override readonly name = "RefreshTokenInvalidError";
}

/** Result of a sign-in or a refresh. */
export interface Tokens {
  readonly userId: UserId;
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string;
}

const Nothing = z.object({});
const AuthenticationResult = z.object({
  AuthenticationResult: z.object({
    AccessToken: z.string(),
    ExpiresIn: z.number().default(900),
    RefreshToken: z.string().optional(),
  }),
});
const Challenge = z.object({
  ChallengeName: z.literal("SOFTWARE_TOKEN_MFA"),
  Session: z.string(),
  /**
   * If users sign in with an email address, the pool assigns each a user name. The response to the challenge must use
   * it.
   */
  ChallengeParameters: z.object({ USER_ID_FOR_SRP: z.string().optional() }).default({}),
});
const SignInAnswer = z.union([AuthenticationResult, Challenge]);

/** Credentials of a sign-in. `code` is used only if the account has a second factor. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly code?: string | undefined;
}

/**
 * Signs in a browser.
 *
 * @throws credentials-invalid, account-unconfirmed, too-many-requests
 * @throws second-factor-required when there is no code, and second-factor-invalid when it is wrong
 */
export const signIn = (settings: IdentitySettings, credentials: Credentials): Promise<Tokens> =>
  authenticate(settings, settings.web, credentials, {
    // Only wrong passwords of known browsers reach Cognito's lockout. Daybook's limits stop unknown browsers earlier.
    ...passwordRefused("credentials-invalid"),
    UserNotConfirmedException: "account-unconfirmed",
  });

/**
 * Signs in a user on the server to verify their identity before a sensitive change. The tokens must not leave the
 * function.
 *
 * @throws password-incorrect, too-many-requests
 * @throws second-factor-required when there is no code, and second-factor-invalid when it is wrong
 */
export const signInOnServer = (settings: IdentitySettings, credentials: Credentials): Promise<Tokens> =>
  authenticate(settings, settings.server, credentials, passwordRefused("password-incorrect"));

/**
 * Cognito uses the same error name for a wrong password, an expired challenge and too many attempts. Only the message
 * differs.
 */
const notAuthorized = (code: ProblemCode): Meanings => ({
  NotAuthorizedException: ({ message }) => (/attempt/i.test(message) ? "too-many-requests" : code),
});

const passwordRefused = (code: ProblemCode): Meanings => ({
  ...allMean(code, ["InvalidParameterException", "PasswordResetRequiredException", "UserNotFoundException"]),
  ...notAuthorized(code),
});

const triggerFailed = allMean("temporarily-unavailable", triggerFailures);

async function authenticate(
  settings: PoolSettings,
  client: PoolClient,
  { email, password, code }: Credentials,
  refused: Meanings,
): Promise<Tokens> {
  const meanings = { ...refused, ...triggerFailed };
  const input = {
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: client.id(),
    AuthParameters: { USERNAME: email, PASSWORD: password, SECRET_HASH: secretHash(client, email) },
  };
  const answer = await callCognito(settings, "InitiateAuth", input, SignInAnswer, meanings);
  if ("AuthenticationResult" in answer) return toTokens(answer);
  if (code === undefined) throw new Problem("second-factor-required");
  const { ChallengeName, Session, ChallengeParameters } = answer;
  const { USER_ID_FOR_SRP: username = email } = ChallengeParameters;
  const proof = { SOFTWARE_TOKEN_MFA_CODE: code, SECRET_HASH: secretHash(client, username) };
  const response = {
    ClientId: client.id(),
    ChallengeName,
    Session,
    ChallengeResponses: { USERNAME: username, ...proof },
  };
  const codeMeanings = { ...meanings, ...codeRefused };
  return toTokens(await callCognito(settings, "RespondToAuthChallenge", response, AuthenticationResult, codeMeanings));
}

const codeRefused: Meanings = {
  ...allMean("too-many-requests", ["LimitExceededException", "TooManyFailedAttemptsException"]),
  ...allMean("second-factor-invalid", ["CodeMismatchException", "ExpiredCodeException", "InvalidParameterException"]),
  ...notAuthorized("second-factor-invalid"),
};

/**
 * Exchanges a refresh token for new tokens. The old one is valid for another minute.
 *
 * @throws RefreshTokenInvalidError
 */
export async function refresh(settings: IdentitySettings, refreshToken: string): Promise<Tokens> {
  const { web } = settings;
  const input = { ClientId: web.id(), ClientSecret: web.secret(), RefreshToken: refreshToken };
  try {
    const answer = await callCognito(settings, "GetTokensFromRefreshToken", input, AuthenticationResult, triggerFailed);
    return toTokens(answer, refreshToken);
  } catch (error) {
    const refused = [
      "InvalidParameterException",
      "NotAuthorizedException",
      "RefreshTokenReuseException",
      "UserNotConfirmedException",
      "UserNotFoundException",
    ];
    if (isCognitoError(error, ...refused)) throw new RefreshTokenInvalidError(error.message, { cause: error });
    throw error;
  }
}

/** Revokes a refresh token and all access tokens issued with it. Ignores a token that is no longer valid. */
export async function revoke(settings: IdentitySettings, refreshToken: string): Promise<void> {
  const { web } = settings;
  const input = { ClientId: web.id(), ClientSecret: web.secret(), Token: refreshToken };
  try {
    await callCognito(settings, "RevokeToken", input, Nothing);
  } catch (error) {
    if (!isCognitoError(error, "InvalidParameterException", "NotAuthorizedException", "UnauthorizedException"))
      throw error;
  }
}

const Claims = z.object({ sub: z.string() });

/** Reads the user id from the access token without verification, because it comes from Cognito over TLS. */
function toTokens({ AuthenticationResult: result }: z.output<typeof AuthenticationResult>, previous?: string): Tokens {
  const payload = Buffer.from(result.AccessToken.split(".")[1] ?? "", "base64url").toString();
  const refreshToken = result.RefreshToken ?? previous;
  if (refreshToken === undefined) throw new Error("Cognito gave no refresh token");
  return {
    userId: userIdOf(Claims.parse(JSON.parse(payload)).sub),
    accessToken: result.AccessToken,
    expiresIn: result.ExpiresIn,
    refreshToken,
  };
}
