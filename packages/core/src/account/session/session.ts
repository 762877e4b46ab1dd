import * as z from "zod";

/** Whether to end all sessions of the user, which needs a valid session, or only the current one. */
export const SignOut = z.strictObject({
  everywhere: z.literal("true").optional().meta({ description: "End all of the user's sessions" }),
});

/** A signed-in browser: the short-lived access token for the API. The token that renews it is in an HttpOnly cookie. */
export const Session = z
  .object({ accessToken: z.string(), tokenType: z.literal("Bearer"), expiresAt: z.iso.datetime() })
  .meta({ id: "Session" });
export type Session = z.output<typeof Session>;
