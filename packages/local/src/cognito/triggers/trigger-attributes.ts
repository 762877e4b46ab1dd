import type { User } from "../users.ts";

/** The attributes of a user as triggers see them: all text, with the id and the status among them. */
export const attributesForTrigger = (user: User): Record<string, string> => ({
  sub: user.sub,
  "cognito:user_status": user.status,
  ...user.attributes,
});
