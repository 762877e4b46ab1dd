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
 * What the user pool gives for a password, a code or a refresh token. Of a second factor nothing is told before the password was right.
 */

/** A refresh token that the user pool does not accept (any more). */
export class RefreshTokenInvalidError extends Error {
  override readonly name = "RefreshTokenInvalidError";
}

/** What a sign-in or a refresh gives. */
export interface Tokens {
  readonly userId: UserId;
  readonly accessToken: string;
  /** in seconds */
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
  /** Where people sign in with their address, the pool has a name of its own for each, which alone it takes from here on. */
  ChallengeParameters: z.object({ USER_ID_FOR_SRP: z.string().optional() }).default({}),
});
type Challenge = z.output<typeof Challenge>;
const SignInAnswer = z.union([AuthenticationResult, Challenge]);

/** What somebody signs in with; the code is used only where the account has a second factor. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly code?: string | undefined;
}

/**
 * Signs in for a browser.
 *
 * @throws credentials-invalid, account-unconfirmed
 * @throws second-factor-required when there is no code, and second-factor-invalid when it is a wrong one
 */
export async function signIn(settings: IdentitySettings, credentials: Credentials): Promise<Tokens> {
  try {
    return await authenticate(settings, settings.web, credentials);
  } catch (error) {
    if (isCognitoError(error, "UserNotConfirmedException")) throw new Problem("account-unconfirmed", { cause: error });
    // Only wrong passwords of known browsers come to Cognito's lockout: our own limits stop strangers before it.
    if (isCognitoError(error, "NotAuthorizedException") && wereTooMany(error))
      throw tooManyRequests(undefined, { cause: error });
    if (isCognitoError(error, ...passwordRefused)) throw new Problem("credentials-invalid", { cause: error });
    throw error;
  }
}

/**
 * Signs a user in on the server, to prove who asks for something sensitive. The tokens must not leave the function.
 *
 * @throws password-incorrect, too-many-requests
 * @throws second-factor-required when there is no code, and second-factor-invalid when it is a wrong one
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

/** Cognito names refusals of a password, of a challenge's session and of too many attempts alike: only the words differ. */
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

/** Exchanges a refresh token for new tokens; the old one is good for another minute. @throws RefreshTokenInvalidError */
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

/** Ends the token and all that came from it. A token that is not valid any more is no error. */
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

/** The token comes from Cognito itself, over TLS: reading it needs no verification. */
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
