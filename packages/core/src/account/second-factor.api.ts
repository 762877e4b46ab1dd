import * as z from "zod";
import { defineOperations } from "../contract/operation.ts";
import { RecoveryCode, RecoveryCodes } from "../recovery/recovery.ts";
import { AnyPassword, AppCode, SecondFactor, SecondFactorEnrolment } from "./account.ts";

export const secondFactorOperations = defineOperations({
  getSecondFactor: {
    method: "GET",
    path: "/v1/me/second-factor",
    summary: "Get the state of the second factor",
    access: "user",
    response: { status: 200, description: "State of the second factor", body: SecondFactor },
    cache: "private",
    problems: ["user-not-found", "too-many-requests"],
  },
  enrolSecondFactor: {
    method: "POST",
    path: "/v1/me/second-factor",
    summary:
      "Create a secret for an authenticator app. Requires the password. The second factor turns on once a code confirms the secret",
    access: "user",
    body: z.strictObject({ password: AnyPassword }),
    response: { status: 200, description: "The secret. It is not shown again", body: SecondFactorEnrolment },
    cache: "no-store",
    problems: ["password-incorrect", "second-factor-enabled", "user-not-found", "too-many-requests"],
  },
  confirmSecondFactor: {
    method: "POST",
    path: "/v1/me/second-factor/confirm",
    summary: "Turn on the second factor. Requires the password and a code from the authenticator app",
    access: "user",
    body: z.strictObject({ password: AnyPassword, code: AppCode }),
    response: {
      status: 200,
      description: "Second factor turned on. Returns ten recovery codes, which are not shown again",
      body: RecoveryCodes,
    },
    cache: "no-store",
    problems: [
      "password-incorrect",
      "second-factor-code-incorrect",
      "second-factor-enabled",
      "user-not-found",
      "too-many-requests",
    ],
  },
  replaceRecoveryCodes: {
    method: "POST",
    path: "/v1/me/second-factor/recovery-codes",
    summary: "Replace the recovery codes with ten new ones. Requires the password and an authenticator code",
    access: "user",
    body: z.strictObject({ password: AnyPassword, code: AppCode }),
    response: { status: 200, description: "The codes. They are not shown again", body: RecoveryCodes },
    cache: "no-store",
    problems: [
      "password-incorrect",
      "second-factor-disabled",
      "second-factor-invalid",
      "user-not-found",
      "too-many-requests",
    ],
  },
  disableSecondFactor: {
    method: "POST",
    path: "/v1/me/second-factor/disable",
    summary: "Turn off the second factor. Requires the password and an authenticator or recovery code. Idempotent",
    access: "user",
    body: z.strictObject({ password: AnyPassword, code: AppCode.optional(), recoveryCode: RecoveryCode.optional() }),
    response: { status: 204, description: "Second factor turned off" },
    cache: "no-store",
    problems: [
      "password-incorrect",
      "second-factor-required",
      "second-factor-invalid",
      "recovery-code-invalid",
      "user-not-found",
      "too-many-requests",
    ],
  },
});
