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
    method: "DELETE",
    path: "/v1/me",
    summary:
      "Delete the account and everything of it, for good: nothing can be read any more, and what is left is removed in the background. May be repeated; with If-Match only the version that the caller knows",
    access: "user",
    response: { status: 204, description: "The account is gone; the session cookie is cleared" },
    cache: "private",
    problems: ["version-conflict"],
  },
});
