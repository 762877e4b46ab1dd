import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { AnyPassword, AppCode, ConfirmationCode, Email, NewPassword, Password } from "./account.ts";
import { tokensLiveOn } from "./session/session.api.ts";

export const accountOperations = defineOperations({
  signUp: {
    method: "POST",
    path: "/v1/accounts",
    summary:
      "Create an account and email a confirmation code. The response is the same if the address already has an account.",
    access: "public",
    body: z.strictObject({ email: Email, password: Password }),
    response: { status: 202, description: "A code has been sent to the address" },
    cache: "no-store",
    problems: ["password-too-weak", "origin-forbidden", "too-many-requests"],
  },
  confirmAccount: {
    method: "POST",
    path: "/v1/accounts/confirm",
    summary: `Confirm an account with the emailed code and set its password. Ends all sessions and turns off the second factor. ${tokensLiveOn}`,
    access: "public",
    body: z.strictObject({ email: Email, code: ConfirmationCode, password: Password }),
    response: { status: 204, description: "Account confirmed and password set" },
    cache: "no-store",
    problems: ["confirmation-code-invalid", "password-too-weak", "origin-forbidden", "too-many-requests"],
  },
  resendConfirmation: {
    method: "POST",
    path: "/v1/accounts/resend",
    summary: "Email a new confirmation code. The response is the same whether or not the account exists.",
    access: "public",
    body: z.strictObject({ email: Email }),
    response: { status: 202, description: "A code has been sent if the account is unconfirmed" },
    cache: "no-store",
    problems: ["origin-forbidden", "too-many-requests"],
  },
  requestReset: {
    method: "POST",
    path: "/v1/accounts/reset",
    summary:
      "Email a code for setting a new password. An unconfirmed account gets its confirmation code instead. The response is the same whether or not the account exists.",
    access: "public",
    body: z.strictObject({ email: Email }),
    response: { status: 202, description: "A code has been sent if the account exists" },
    cache: "no-store",
    problems: ["origin-forbidden", "too-many-requests"],
  },
  confirmReset: {
    method: "POST",
    path: "/v1/accounts/reset/confirm",
    summary: `Set a new password with the emailed code, which also confirms an unconfirmed account. Ends all of the user's sessions. ${tokensLiveOn}`,
    access: "public",
    body: z.strictObject({ email: Email, code: ConfirmationCode, newPassword: NewPassword }),
    response: { status: 204, description: "Password changed" },
    cache: "no-store",
    problems: ["confirmation-code-invalid", "password-too-weak", "origin-forbidden", "too-many-requests"],
  },
  changePassword: {
    method: "POST",
    path: "/v1/me/password",
    summary: `Change the password. Requires an authenticator code if the second factor is on. Ends all sessions except the current one. ${tokensLiveOn}`,
    access: "user",
    body: z.strictObject({ currentPassword: AnyPassword, newPassword: NewPassword, code: AppCode.optional() }),
    response: { status: 204, description: "Password changed" },
    cache: "no-store",
    problems: [
      "password-incorrect",
      "password-unchanged",
      "password-too-weak",
      "second-factor-required",
      "second-factor-invalid",
      "user-not-found",
      "too-many-requests",
    ],
  },
});
