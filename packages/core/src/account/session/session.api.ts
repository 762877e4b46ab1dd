import * as z from "zod";
import { defineOperations } from "../../contract/operation.ts";
import { PageQuery } from "../../contract/page.ts";
import { SessionId } from "../../ids.ts";
import { RecoveryCode } from "../../recovery/recovery.ts";
import { AnyPassword, AppCode, Email } from "../account.ts";
import { ActiveSession, Session, SignOut } from "./session.ts";

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
    summary:
      "Exchange the session cookie for a new access token and a new cookie. The previous cookie stays valid for a minute. An older one ends the session. A session ends 30 days after the sign-in, or after 14 days without a refresh",
    access: "session",
    response: { status: 200, description: "A new access token. Sets the session cookie", body: Session },
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
  listSessions: {
    method: "GET",
    path: "/v1/me/sessions",
    summary: "List your sessions, newest first",
    access: "user",
    query: PageQuery,
    response: { status: 200, description: "A page of sessions", body: z.array(ActiveSession), paged: true },
    cache: "private",
  },
  endSession: {
    method: "DELETE",
    path: "/v1/me/sessions/{sessionId}",
    summary: `End one of your sessions. Clears the session cookie if it belongs to the session. ${tokensLiveOn}`,
    access: "user",
    params: z.strictObject({ sessionId: SessionId }),
    response: { status: 204, description: "Session ended" },
    cache: "no-store",
    problems: ["session-not-found"],
  },
});
