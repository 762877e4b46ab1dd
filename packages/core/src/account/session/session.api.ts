import * as z from "zod";
import { defineOperations } from "../../contract/operation.ts";
import { RecoveryCode } from "../../recovery/recovery.ts";
import { AnyPassword, AppCode, Email } from "../account.ts";
import { Session, SignOut } from "./session.ts";

export const tokensLiveOn = "Access tokens issued earlier stay valid for up to 15 minutes.";

export const sessionOperations = defineOperations({
  createSession: {
    method: "POST",
    path: "/v1/session",
    summary:
      "Sign in. Ends the browser's previous session. With a second factor, send an authenticator code, or a recovery code, which turns off the second factor and ends all other sessions",
    access: "public",
    body: z.strictObject({
      email: Email,
      password: AnyPassword,
      code: AppCode.optional(),
      recoveryCode: RecoveryCode.optional(),
    }),
    response: { status: 201, description: "Signed in. Sets the session cookie", body: Session },
    cache: "no-store",
    problems: [
      "credentials-invalid",
      "second-factor-required",
      "second-factor-invalid",
      "recovery-code-invalid",
      "account-unconfirmed",
      "origin-forbidden",
      "too-many-requests",
    ],
  },
  refreshSession: {
    method: "POST",
    path: "/v1/session/refresh",
    summary: "Exchange the session cookie for a new access token",
    access: "session",
    response: { status: 200, description: "A new access token", body: Session },
    cache: "no-store",
    problems: ["session-missing", "origin-forbidden", "too-many-requests"],
  },
  deleteSession: {
    method: "DELETE",
    path: "/v1/session",
    summary: `Sign out and clear the session cookie. With \`everywhere=true\`, ends all of the user's sessions. ${tokensLiveOn}`,
    access: "session",
    query: SignOut,
    response: { status: 204, description: "Signed out" },
    cache: "no-store",
    problems: ["session-missing", "origin-forbidden", "too-many-requests"],
  },
});
