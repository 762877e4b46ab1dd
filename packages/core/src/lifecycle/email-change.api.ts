import * as z from "zod";
import { AnyPassword, AppCode, ConfirmationCode, Email } from "../account/account.ts";
import { defineOperations } from "../contract/operation.ts";

const NewEmail = Email.meta({ example: "ada@example.org" });

export const emailChangeOperations = defineOperations({
  requestEmailChange: {
    method: "POST",
    path: "/v1/me/email-change",
    summary:
      "Email a code to a new address. Requires the password, and an authenticator code if the second factor is on. The current address stays valid until the code is confirmed. The response is the same if the address already has an account.",
    access: "user",
    body: z.strictObject({ newEmail: NewEmail, password: AnyPassword, code: AppCode.optional() }),
    response: { status: 202, description: "A code has been sent to the new address" },
    cache: "no-store",
    problems: [
      "email-unchanged",
      "password-incorrect",
      "second-factor-required",
      "second-factor-invalid",
      "user-not-found",
      "too-many-requests",
    ],
  },
  confirmEmailChange: {
    method: "POST",
    path: "/v1/me/email-change/confirm",
    summary:
      "Change the address with the emailed code. Requires the password, and a new authenticator code if the second factor is on. The previous address gets a notice and no longer signs in. Sessions continue",
    access: "user",
    body: z.strictObject({
      newEmail: NewEmail,
      emailCode: ConfirmationCode,
      password: AnyPassword,
      code: AppCode.optional(),
    }),
    response: { status: 204, description: "Address changed" },
    cache: "no-store",
    problems: [
      "confirmation-code-invalid",
      "password-incorrect",
      "second-factor-required",
      "second-factor-invalid",
      "user-not-found",
      "too-many-requests",
    ],
  },
});
