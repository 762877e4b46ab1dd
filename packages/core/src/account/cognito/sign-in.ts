import * as z from "zod";
import { type UserId, userIdOf } from "../../ids.ts";
import { Problem, tooManyRequests } from "../../problem.ts";

import {
  callCognito,
  type IdentitySettings,
  isCognitoError,
  isTriggerFailure,
  type PoolClient,
  type PoolSettings,
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
type Challenge = z.output<typeof Challenge>;
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
export async function signIn(settings: IdentitySettings, credentials: Credentials): Promise<Tokens> {
  try {
    return await authenticate(settings, settings.web, credentials);
  } catch (error) {
    if (isCognitoError(error, "UserNotConfirmedException")) throw new Problem("account-unconfirmed", { cause: error });
    // Only wrong passwords of known browsers reach Cognito's lockout. Daybook's limits stop unknown browsers earlier.
    if (isCognitoError(error, "NotAuthorizedException") && wereTooMany(error))
      throw tooManyRequests(undefined, { cause: error });
    if (isCognitoError(error, ...passwordRefused)) throw new Problem("credentials-invalid", { cause: error });
    throw error;
  }
}

/**
 * Signs in a user on the server to verify their identity before a sensitive change. The tokens must not leave the
 * function.
 *
 * @throws password-incorrect, too-many-requests
 * @throws second-factor-required when there is no code, and second-factor-invalid when it is wrong
 */
export async function signInOnServer(settings: IdentitySettings, credentials: Credentials): Promise<Tokens> {
  try {
    return await authenticate(settings, settings.server, credentials);
  } catch (error) {
    if (isCognitoError(error, "NotAuthorizedException") && wereTooMany(error))
      throw tooManyRequests(undefined, { cause: error });
    if (isCognitoError(error, ...passwordRefused)) throw new Problem("password-incorrect", { cause: error });
    throw error;
  }
}

const passwordRefused = [
  "InvalidParameterException",
  "NotAuthorizedException",
  "PasswordResetRequiredException",
  "UserNotFoundException",
];

/**
 * Cognito uses the same error name for a wrong password, an expired challenge and too many attempts. Only the message
 * differs.
 */
const wereTooMany = (error: Error) => /attempt/i.test(error.message);

async function authenticate(settings: PoolSettings, client: PoolClient, { email, password, code }: Credentials) {
  const input = {
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: client.id(),
    AuthParameters: { USERNAME: email, PASSWORD: password, SECRET_HASH: secretHash(client, email) },
  };
  try {
    const answer = await callCognito(settings, "InitiateAuth", input, SignInAnswer);
    if ("AuthenticationResult" in answer) return toTokens(answer);
    if (code === undefined) throw new Problem("second-factor-required");
    return await respond(settings, client, { email, code }, answer);
  } catch (error) {
    if (isTriggerFailure(error)) throw new Problem("temporarily-unavailable", { cause: error });
    throw error;
  }
}

async function respond(
  settings: PoolSettings,
  client: PoolClient,
  { email, code }: { readonly email: string; readonly code: string },
  { ChallengeName, Session, ChallengeParameters: { USER_ID_FOR_SRP: username = email } }: Challenge,
): Promise<Tokens> {
  const proof = { SOFTWARE_TOKEN_MFA_CODE: code, SECRET_HASH: secretHash(client, username) };
  const input = {
    ClientId: client.id(),
    ChallengeName,
    Session,
    ChallengeResponses: { USERNAME: username, ...proof },
  };
  try {
    return toTokens(await callCognito(settings, "RespondToAuthChallenge", input, AuthenticationResult));
  } catch (error) {
    const limits = ["LimitExceededException", "TooManyFailedAttemptsException"];
    if (isCognitoError(error, ...limits) || (isCognitoError(error, "NotAuthorizedException") && wereTooMany(error)))
      throw tooManyRequests(undefined, { cause: error });
    const refused = [
      "CodeMismatchException",
      "ExpiredCodeException",
      "InvalidParameterException",
      "NotAuthorizedException",
    ];
    if (isCognitoError(error, ...refused)) throw new Problem("second-factor-invalid", { cause: error });
    throw error;
  }
}

/**
 * Exchanges a refresh token for new tokens. The old one is valid for another minute.
 *
 * @throws RefreshTokenInvalidError
 */
export async function refresh(settings: IdentitySettings, refreshToken: string): Promise<Tokens> {
  const { web } = settings;
  const input = { ClientId: web.id(), ClientSecret: web.secret(), RefreshToken: refreshToken };
  try {
    const answer = await callCognito(settings, "GetTokensFromRefreshToken", input, AuthenticationResult);
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
    if (isTriggerFailure(error)) throw new Problem("temporarily-unavailable", { cause: error });
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
