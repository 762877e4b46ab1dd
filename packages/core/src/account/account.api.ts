import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { ConfirmationCode, Email, Password, Session, SignOut } from "./account.ts";

// Any password may be tried: the policy of today says nothing about the passwords of yesterday.
const AnyPassword = z.string().min(1).max(256).meta({ format: "password", example: "correct horse battery" });

const tokensLiveOn = "Access tokens that were issued before live on for at most 15 minutes.";

export const accountOperations = defineOperations({
  signUp: {
    method: "POST",
    path: "/v1/accounts",
    summary:
      "Create an account; a confirmation code is mailed. The answer is the same for an address that has an account.",
    access: "public",
    body: z.strictObject({ email: Email, password: Password }),
    response: { status: 202, description: "A code is on its way to the address" },
    cache: "no-store",
    problems: ["password-too-weak", "origin-forbidden", "too-many-requests"],
  },
  confirmAccount: {
    method: "POST",
    path: "/v1/accounts/confirm",
    summary: "Confirm an account with the code from the mail",
    access: "public",
    body: z.strictObject({ email: Email, code: ConfirmationCode }),
    response: { status: 204, description: "The account is confirmed" },
    cache: "no-store",
    problems: ["confirmation-code-invalid", "origin-forbidden", "too-many-requests"],
  },
  resendConfirmation: {
    method: "POST",
    path: "/v1/accounts/resend",
    summary: "Mail a new confirmation code. The answer is the same whether or not the account exists.",
    access: "public",
    body: z.strictObject({ email: Email }),
    response: { status: 202, description: "If the account waits for confirmation, a code is on its way" },
    cache: "no-store",
    problems: ["origin-forbidden", "too-many-requests"],
  },
  requestReset: {
    method: "POST",
    path: "/v1/accounts/reset",
    summary: "Mail a code for a new password. The answer is the same whether or not the account exists.",
    access: "public",
    body: z.strictObject({ email: Email }),
    response: { status: 202, description: "If there is a confirmed account, a code is on its way, good for an hour" },
    cache: "no-store",
    problems: ["origin-forbidden", "too-many-requests"],
  },
  confirmReset: {
    method: "POST",
    path: "/v1/accounts/reset/confirm",
    summary: `Set a new password with the code from the mail; all sessions of the user end. ${tokensLiveOn}`,
    access: "public",
    body: z.strictObject({ email: Email, code: ConfirmationCode, newPassword: Password }),
    response: { status: 204, description: "The new password is good from now on" },
    cache: "no-store",
    problems: ["confirmation-code-invalid", "password-too-weak", "origin-forbidden", "too-many-requests"],
  },
  changePassword: {
    method: "POST",
    path: "/v1/me/password",
    summary: `Change the password; all sessions but the one of the request's cookie end. ${tokensLiveOn}`,
    access: "user",
    body: z.strictObject({ currentPassword: AnyPassword, newPassword: Password }),
    response: { status: 204, description: "The new password is good from now on" },
    cache: "no-store",
    problems: ["password-incorrect", "password-too-weak", "user-not-found", "too-many-requests"],
  },
  createSession: {
    method: "POST",
    path: "/v1/session",
    summary: "Sign in; a session that the browser had before ends",
    access: "public",
    body: z.strictObject({ email: Email, password: AnyPassword }),
    response: { status: 201, description: "Signed in; a session cookie is set", body: Session },
    cache: "no-store",
    problems: ["credentials-invalid", "account-unconfirmed", "origin-forbidden", "too-many-requests"],
  },
  refreshSession: {
    method: "POST",
    path: "/v1/session/refresh",
    summary: "Get a new access token for the session cookie",
    access: "session",
    response: { status: 200, description: "A new access token", body: Session },
    cache: "no-store",
    problems: ["session-missing", "origin-forbidden", "too-many-requests"],
  },
  deleteSession: {
    method: "DELETE",
    path: "/v1/session",
    summary: `Sign out: the session ends, with \`everywhere=true\` all sessions of the user, and the cookie is cleared. ${tokensLiveOn}`,
    access: "session",
    query: SignOut,
    response: { status: 204, description: "Signed out" },
    cache: "no-store",
    problems: ["session-missing", "origin-forbidden", "too-many-requests"],
  },
});
