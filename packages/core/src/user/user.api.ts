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
      "media-not-found",
      "version-conflict",
      "too-many-requests",
      // #region blog
      "handle-taken",
      "handle-chosen",
      "name-required",
      // #endregion blog
    ],
  },
});
