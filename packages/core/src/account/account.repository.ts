import * as z from "zod";
import {
  AccountUnconfirmedError,
  ConfirmationCodeInvalidError,
  CredentialsInvalidError,
  PasswordTooWeakError,
  UserNotFoundError,
} from "../errors.ts";
import { type UserId, userIdOf } from "../ids.ts";
import { CognitoError, callCognito, type IdentitySettings } from "./cognito.ts";

/*
 * Accounts are kept by the user pool, and this file alone knows how. Its answers do not tell whether an address has an account:
 * what Cognito says only of existing accounts is answered as for one that does not exist.
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
const UserAttributes = z.object({
  UserAttributes: z.array(z.object({ Name: z.string(), Value: z.string().optional() })),
});

/** Whether the error is one of these of Cognito. */
const is = (error: unknown, ...names: string[]): error is CognitoError =>
  error instanceof CognitoError && names.includes(error.name);

/** Mails a code to a new address; to one that waits for confirmation, again. @throws PasswordTooWeakError */
export async function signUp(settings: IdentitySettings, email: string, password: string): Promise<void> {
  const input = { ClientId: settings.clientId(), Username: email, Password: password };
  try {
    const attributes = [{ Name: "email", Value: email }];
    await callCognito(settings, "SignUp", { ...input, UserAttributes: attributes }, Nothing);
  } catch (error) {
    if (is(error, "InvalidPasswordException")) throw new PasswordTooWeakError({ cause: error });
    if (!is(error, "UsernameExistsException")) throw error;
    await resendConfirmation(settings, email);
  }
}

/** @throws ConfirmationCodeInvalidError */
export async function confirm(settings: IdentitySettings, email: string, code: string): Promise<void> {
  const input = { ClientId: settings.clientId(), Username: email, ConfirmationCode: code };
  try {
    await callCognito(settings, "ConfirmSignUp", input, Nothing);
  } catch (error) {
    // The account is confirmed before the trigger runs and stays so: what the trigger failed to write, the first use repairs.
    if (is(error, "UserLambdaValidationException", "UnexpectedLambdaException", "InvalidLambdaResponseException"))
      return;
    const refused = [
      "AliasExistsException",
      "CodeMismatchException",
      "ExpiredCodeException",
      "InvalidParameterException",
      "LimitExceededException",
      "NotAuthorizedException",
      "TooManyFailedAttemptsException",
      "UserNotFoundException",
    ];
    if (is(error, ...refused)) throw new ConfirmationCodeInvalidError({ cause: error });
    throw error;
  }
}

/** Mails a new code, if the account exists and waits for one. */
export async function resendConfirmation(settings: IdentitySettings, email: string): Promise<void> {
  try {
    await callCognito(settings, "ResendConfirmationCode", { ClientId: settings.clientId(), Username: email }, Nothing);
  } catch (error) {
    const silent = [
      "InvalidParameterException",
      "LimitExceededException",
      "NotAuthorizedException",
      "UserNotFoundException",
    ];
    if (!is(error, ...silent)) throw error;
  }
}

/** @throws CredentialsInvalidError, AccountUnconfirmedError */
export async function signIn(settings: IdentitySettings, email: string, password: string): Promise<Tokens> {
  const input = {
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: settings.clientId(),
    AuthParameters: { USERNAME: email, PASSWORD: password },
  };
  try {
    return toTokens(await callCognito(settings, "InitiateAuth", input, AuthenticationResult));
  } catch (error) {
    if (is(error, "UserNotConfirmedException")) throw new AccountUnconfirmedError({ cause: error });
    const refused = [
      "InvalidParameterException",
      "NotAuthorizedException",
      "PasswordResetRequiredException",
      "UserNotFoundException",
    ];
    if (is(error, ...refused)) throw new CredentialsInvalidError({ cause: error });
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
    if (is(error, ...refused)) throw new RefreshTokenInvalidError(error.message, { cause: error });
    throw error;
  }
}

/** Ends the token and all that came from it. A token that is not valid any more is no error. */
export async function revoke(settings: IdentitySettings, refreshToken: string): Promise<void> {
  const input = { ClientId: settings.clientId(), Token: refreshToken };
  try {
    await callCognito(settings, "RevokeToken", input, Nothing);
  } catch (error) {
    if (!is(error, "InvalidParameterException", "NotAuthorizedException", "UnauthorizedException")) throw error;
  }
}

/** The address of the account that the access token belongs to. @throws UserNotFoundError */
export async function emailOf(settings: Pick<IdentitySettings, "endpoint">, accessToken: string): Promise<string> {
  const call = { endpoint: settings.endpoint, clientId: () => "" };
  try {
    const { UserAttributes: attributes } = await callCognito(
      call,
      "GetUser",
      { AccessToken: accessToken },
      UserAttributes,
    );
    const email = attributes.find(({ Name }) => Name === "email")?.Value;
    if (email === undefined) throw new UserNotFoundError();
    return email;
  } catch (error) {
    if (is(error, "NotAuthorizedException", "UserNotFoundException")) throw new UserNotFoundError({ cause: error });
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
