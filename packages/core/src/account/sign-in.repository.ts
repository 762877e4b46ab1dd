import * as z from "zod";
import { TooManyRequestsError } from "../errors.ts";
import { type UserId, userIdOf } from "../ids.ts";
import {
  AccountUnconfirmedError,
  CredentialsInvalidError,
  PasswordIncorrectError,
  SecondFactorInvalidError,
  SecondFactorRequiredError,
} from "./account.errors.ts";
import { callCognito, type IdentitySettings, isCognitoError } from "./cognito.ts";

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

/**
 * Signs in; the code is used only where the account has a second factor.
 *
 * @throws CredentialsInvalidError, AccountUnconfirmedError
 * @throws SecondFactorRequiredError when there is no code, and SecondFactorInvalidError when it is a wrong one
 */
export async function signIn(
  settings: IdentitySettings,
  email: string,
  password: string,
  code?: string,
): Promise<Tokens> {
  try {
    const answer = await tryPassword(settings, email, password);
    if ("AuthenticationResult" in answer) return toTokens(answer);
    if (code === undefined) throw new SecondFactorRequiredError();
    return await respond(settings, email, code, answer);
  } catch (error) {
    if (isCognitoError(error, "UserNotConfirmedException")) throw new AccountUnconfirmedError({ cause: error });
    if (isCognitoError(error, ...passwordRefused)) throw new CredentialsInvalidError({ cause: error });
    throw error;
  }
}

const passwordRefused = [
  "InvalidParameterException",
  "NotAuthorizedException",
  "PasswordResetRequiredException",
  "UserNotFoundException",
];

function tryPassword(settings: IdentitySettings, email: string, password: string) {
  const input = {
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: settings.clientId(),
    AuthParameters: { USERNAME: email, PASSWORD: password },
  };
  return callCognito(settings, "InitiateAuth", input, SignInAnswer);
}

/** By its name a refusal is about the session of the challenge or about too many codes: the words alone tell. */
const wereTooMany = (error: Error) => /attempt/i.test(error.message);

async function respond(
  settings: IdentitySettings,
  email: string,
  code: string,
  { ChallengeName, Session, ChallengeParameters: { USER_ID_FOR_SRP = email } }: Challenge,
): Promise<Tokens> {
  const input = {
    ClientId: settings.clientId(),
    ChallengeName,
    Session,
    ChallengeResponses: { USERNAME: USER_ID_FOR_SRP, SOFTWARE_TOKEN_MFA_CODE: code },
  };
  try {
    return toTokens(await callCognito(settings, "RespondToAuthChallenge", input, AuthenticationResult));
  } catch (error) {
    const limits = ["LimitExceededException", "TooManyFailedAttemptsException"];
    if (isCognitoError(error, ...limits) || (isCognitoError(error, "NotAuthorizedException") && wereTooMany(error)))
      throw new TooManyRequestsError({ cause: error });
    const refused = [
      "CodeMismatchException",
      "ExpiredCodeException",
      "InvalidParameterException",
      "NotAuthorizedException",
    ];
    if (isCognitoError(error, ...refused)) throw new SecondFactorInvalidError({ cause: error });
    throw error;
  }
}

/**
 * Resolves when it is the password of an account; whatever tokens there are for it end.
 *
 * @throws PasswordIncorrectError, TooManyRequestsError
 */
export async function assertPassword(settings: IdentitySettings, email: string, password: string): Promise<void> {
  try {
    const answer = await tryPassword(settings, email, password);
    if ("AuthenticationResult" in answer) await revoke(settings, toTokens(answer).refreshToken);
  } catch (error) {
    if (isCognitoError(error, "NotAuthorizedException") && wereTooMany(error))
      throw new TooManyRequestsError({ cause: error });
    if (isCognitoError(error, ...passwordRefused)) throw new PasswordIncorrectError({ cause: error });
    throw error;
  }
}

/** Exchanges a refresh token for new tokens; the old one is good for another minute. @throws RefreshTokenInvalidError */
export async function refresh(settings: IdentitySettings, refreshToken: string): Promise<Tokens> {
  const input = { ClientId: settings.clientId(), RefreshToken: refreshToken };
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
    throw error;
  }
}

/** Ends the token and all that came from it. A token that is not valid any more is no error. */
export async function revoke(settings: IdentitySettings, refreshToken: string): Promise<void> {
  const input = { ClientId: settings.clientId(), Token: refreshToken };
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
