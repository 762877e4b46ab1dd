import * as z from "zod";
import { SessionId } from "../../ids.ts";

/** Whether to end all sessions of the user, which needs a valid session, or only the current one. */
export const SignOut = z.strictObject({
  everywhere: z.literal("true").optional().meta({ description: "End all of the user's sessions" }),
});

/** A signed-in browser: the short-lived access token for the API. The token that renews it is in an HttpOnly cookie. */
export const Session = z
  .object({ accessToken: z.string(), tokenType: z.literal("Bearer"), expiresAt: z.iso.datetime() })
  .meta({ id: "Session" });
export type Session = z.output<typeof Session>;

/** A session of the user: a browser that is signed in. */
export const ActiveSession = z
  .object({
    id: SessionId,
    device: z
      .string()
      .meta({ description: "Browser and system, as the browser names them", example: "Firefox on Linux" }),
    current: z.boolean().meta({ description: "Whether the session cookie of the request belongs to this session" }),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().meta({ description: "When the session last renewed its access token" }),
    endsAt: z.iso.datetime().meta({ description: "When the session ends, unless it is used before" }),
  })
  .meta({ id: "ActiveSession" });
export type ActiveSession = z.output<typeof ActiveSession>;
