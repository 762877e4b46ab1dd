import * as z from "zod";
import {
  AccountUnconfirmedError,
  ConfirmationCodeInvalidError,
  CredentialsInvalidError,
  PasswordTooWeakError,
} from "../errors.ts";
import { type UserId, userIdOf } from "../ids.ts";
import { callCognito, type IdentitySettings, isCognitoError } from "./cognito.ts";

/*
 * Accounts are kept by the user pool: what anybody can ask of it, by an address. The answers do not tell whether an address has an account:
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

/** Mails a code to a new address; to one that waits for confirmation, again. @throws PasswordTooWeakError */
export async function signUp(settings: IdentitySettings, email: string, password: string): Promise<void> {
  const input = { ClientId: settings.clientId(), Username: email, Password: password };
  try {
    const attributes = [{ Name: "email", Value: email }];
    await callCognito(settings, "SignUp", { ...input, UserAttributes: attributes }, Nothing);
  } catch (error) {
    if (isCognitoError(error, "InvalidPasswordException")) throw new PasswordTooWeakError({ cause: error });
    if (!isCognitoError(error, "UsernameExistsException")) throw error;
    await resendConfirmation(settings, email);
  }
}

const triggerFailed = ["UserLambdaValidationException", "UnexpectedLambdaException", "InvalidLambdaResponseException"];
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

/** @throws ConfirmationCodeInvalidError */
export async function confirm(settings: IdentitySettings, email: string, code: string): Promise<void> {
  const input = { ClientId: settings.clientId(), Username: email, ConfirmationCode: code };
  try {
    await callCognito(settings, "ConfirmSignUp", input, Nothing);
  } catch (error) {
    // The account is confirmed before the trigger runs and stays so: what the trigger failed to write, the first use repairs.
    if (isCognitoError(error, ...triggerFailed)) return;
    if (isCognitoError(error, ...codeRefused)) throw new ConfirmationCodeInvalidError({ cause: error });
    throw error;
  }
}

/** Mails a new code, if the account exists and waits for one. */
export async function resendConfirmation(settings: IdentitySettings, email: string): Promise<void> {
  await mailCode(settings, "ResendConfirmationCode", email);
}

/** Mails a code for a new password, if there is an account whose address is confirmed. */
export async function requestReset(settings: IdentitySettings, email: string): Promise<void> {
  await mailCode(settings, "ForgotPassword", email);
}

/** What these refusals tell is whether there is an account. */
async function mailCode(settings: IdentitySettings, operation: string, email: string): Promise<void> {
  try {
    await callCognito(settings, operation, { ClientId: settings.clientId(), Username: email }, Nothing);
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

/** Sets a new password. @throws ConfirmationCodeInvalidError, PasswordTooWeakError */
export async function confirmReset(
  settings: IdentitySettings,
  { email, code, newPassword }: { readonly email: string; readonly code: string; readonly newPassword: string },
): Promise<void> {
  const input = { ClientId: settings.clientId(), Username: email, ConfirmationCode: code, Password: newPassword };
  try {
    await callCognito(settings, "ConfirmForgotPassword", input, Nothing);
  } catch (error) {
    // The password is set before the trigger runs and stays so.
    if (isCognitoError(error, ...triggerFailed)) return;
    if (isCognitoError(error, "InvalidPasswordException")) throw new PasswordTooWeakError({ cause: error });
    if (isCognitoError(error, ...codeRefused)) throw new ConfirmationCodeInvalidError({ cause: error });
    throw error;
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
    if (isCognitoError(error, "UserNotConfirmedException")) throw new AccountUnconfirmedError({ cause: error });
    const refused = [
      "InvalidParameterException",
      "NotAuthorizedException",
      "PasswordResetRequiredException",
      "UserNotFoundException",
    ];
    if (isCognitoError(error, ...refused)) throw new CredentialsInvalidError({ cause: error });
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
