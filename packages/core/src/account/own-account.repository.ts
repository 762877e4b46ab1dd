import * as z from "zod";
import { SessionMissingError, TooManyRequestsError, UserNotFoundError } from "../errors.ts";
import { PasswordIncorrectError, PasswordTooWeakError } from "./account.errors.ts";
import { callCognito, isCognitoError, type PoolSettings } from "./cognito.ts";

/*
 * Accounts are kept by the user pool: what their owners can do, by an access token. The pool looks at the token itself, and so refuses
 * one that was signed out, which the gateway lets through until it expires.
 */

const Nothing = z.object({});

/** What `GetUser` says of an account. */
export const UserAttributes = z.object({
  UserAttributes: z.array(z.object({ Name: z.string(), Value: z.string().optional() })),
});

/** The address among the attributes. @throws UserNotFoundError */
export function emailIn({ UserAttributes: attributes }: z.output<typeof UserAttributes>): string {
  const email = attributes.find(({ Name }) => Name === "email")?.Value;
  if (email === undefined) throw new UserNotFoundError();
  return email;
}

/** The address of the account. @throws UserNotFoundError */
export async function emailOf(settings: PoolSettings, accessToken: string): Promise<string> {
  try {
    const input = { AccessToken: accessToken };
    return emailIn(await callCognito(settings, "GetUser", input, UserAttributes));
  } catch (error) {
    if (isCognitoError(error, "NotAuthorizedException", "UserNotFoundException"))
      throw new UserNotFoundError({ cause: error });
    throw error;
  }
}

/** @throws PasswordIncorrectError, PasswordTooWeakError, TooManyRequestsError, SessionMissingError, UserNotFoundError */
export async function changePassword(
  settings: PoolSettings,
  accessToken: string,
  { currentPassword, newPassword }: { readonly currentPassword: string; readonly newPassword: string },
): Promise<void> {
  // Cognito takes no password outside of these bounds, so none is the current one.
  if (!/^\S(.*\S)?$/su.test(currentPassword) || currentPassword.length < 6) throw new PasswordIncorrectError();
  const input = { AccessToken: accessToken, PreviousPassword: currentPassword, ProposedPassword: newPassword };
  try {
    await callCognito(settings, "ChangePassword", input, Nothing);
  } catch (error) {
    // By its own rules or by the pool's: the current password has passed them once.
    if (isCognitoError(error, "InvalidParameterException", "InvalidPasswordException")) {
      throw new PasswordTooWeakError({ cause: error });
    }
    if (isCognitoError(error, "LimitExceededException")) throw new TooManyRequestsError({ cause: error });
    // One name for a wrong password and for a token that was revoked: the words alone tell them apart.
    if (isCognitoError(error, "NotAuthorizedException") && !/access token/i.test(error.message)) {
      throw new PasswordIncorrectError({ cause: error });
    }
    throw explained(error);
  }
}

/** What it means that the user pool does not take an access token which the gateway has let through. */
export function explained(error: unknown): unknown {
  if (isCognitoError(error, "NotAuthorizedException")) return new SessionMissingError({ cause: error });
  return isCognitoError(error, "UserNotFoundException") ? new UserNotFoundError({ cause: error }) : error;
}

/** An operation that asks for nothing but the token. */
const withToken = (operation: string) => async (settings: PoolSettings, accessToken: string) => {
  try {
    await callCognito(settings, operation, { AccessToken: accessToken }, Nothing);
  } catch (error) {
    throw explained(error);
  }
};

/** Ends all refresh tokens of the user. @throws SessionMissingError, UserNotFoundError */
export const signOutEverywhere = withToken("GlobalSignOut");

/** Resolves when the user pool takes the token. @throws SessionMissingError, UserNotFoundError */
export const assertAccepted = withToken("GetUser");

/** Deletes the account with all its tokens. @throws SessionMissingError, UserNotFoundError */
export const remove = withToken("DeleteUser");
