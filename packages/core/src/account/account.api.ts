import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { ConfirmationCode, Email, Password, Session } from "./account.ts";

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
  createSession: {
    method: "POST",
    path: "/v1/session",
    summary: "Sign in",
    access: "public",
    // Any password may be tried: the policy of today says nothing about the passwords of yesterday.
    body: z.strictObject({ email: Email, password: z.string().min(1).max(256) }),
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
    summary: "Sign out: the session ends and the cookie is cleared",
    access: "session",
    response: { status: 204, description: "Signed out" },
    cache: "no-store",
    problems: ["origin-forbidden"],
  },
});
