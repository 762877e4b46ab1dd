import * as z from "zod";
import { AnyPassword, AppCode } from "../account/account.ts";
import { defineOperations } from "../contract/operation.ts";
import { User, UserUpdate } from "./user.ts";

export const userOperations = defineOperations({
  getMe: {
    method: "GET",
    path: "/v1/me",
    summary: "Get the signed-in user",
    access: "user",
    response: { status: 200, description: "The user", body: User },
    cache: "private",
    problems: ["user-not-found"],
  },
  updateMe: {
    method: "PATCH",
    path: "/v1/me",
    summary: "Update the user's profile with a JSON merge patch. Send If-Match to require a version",
    access: "user",
    body: UserUpdate,
    response: { status: 200, description: "The updated user", body: User },
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
