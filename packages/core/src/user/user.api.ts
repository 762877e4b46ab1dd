import { defineOperations } from "../contract/operation.ts";
import { User } from "./user.ts";

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
});
