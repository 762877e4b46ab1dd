import * as z from "zod";
import { AnyPassword, AppCode } from "../account/account.ts";
import { defineOperations } from "../contract/operation.ts";

export const deletionOperations = defineOperations({
  deleteMe: {
    method: "POST",
    path: "/v1/me/delete",
    summary:
      "Permanently delete the account and its data. Requires the password, and an authenticator code if the second factor is on. Data is removed in the background. Idempotent. Send If-Match to require a version",
    access: "user",
    body: z.strictObject({ password: AnyPassword, code: AppCode.optional() }),
    response: { status: 204, description: "Account deleted. Clears the session cookie" },
    cache: "no-store",
    problems: [
      "password-incorrect",
      "second-factor-required",
      "second-factor-invalid",
      "user-not-found",
      "version-conflict",
      "too-many-requests",
    ],
  },
});
