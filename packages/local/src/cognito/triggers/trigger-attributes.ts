import type { User } from "../users.ts";

/** A user's attributes as triggers receive them: strings, including `sub` and `cognito:user_status`. */
export const attributesForTrigger = (user: User): Record<string, string> => ({
  sub: user.sub,
  "cognito:user_status": user.status,
  ...user.attributes,
});
