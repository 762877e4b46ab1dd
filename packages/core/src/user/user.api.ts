import * as z from "zod";
import { AnyPassword, AppCode } from "../account/account.ts";
import { defineOperations } from "../contract/operation.ts";
import { User, UserUpdate } from "./user.ts";

export const userOperations = defineOperations({
  getMe: {
    method: "GET",
    path: "/v1/me",
    summary: "The signed-in user",
    access: "user",
    response: { status: 200, description: "The user", body: User },
    cache: "private",
    problems: ["user-not-found"],
  },
  updateMe: {
    method: "PATCH",
    path: "/v1/me",
    summary: "Change the user's own profile (JSON merge patch); with If-Match only the version that the caller knows",
    access: "user",
    body: UserUpdate,
    response: { status: 200, description: "The changed user", body: User },
    cache: "private",
    problems: [
      "user-not-found",
      "handle-taken",
      "handle-chosen",
      "name-required",
      "media-not-found",
      "version-conflict",
    ],
  },
  deleteMe: {
    method: "POST",
    path: "/v1/me/delete",
    summary:
      "Delete the account and everything in it, for good, with the password and the code where there is a second factor. The rest is removed in the background. Idempotent; with If-Match only the version that the caller knows",
    access: "user",
    body: z.strictObject({ password: AnyPassword, code: AppCode.optional() }),
    response: { status: 204, description: "The account is gone, and the session cookie is cleared" },
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
