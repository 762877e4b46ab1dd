import * as z from "zod";
import { passwordMinLength } from "./account.limits.ts";

/** Case does not distinguish addresses; 254 characters is the longest address that mail can carry (RFC 5321). */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email()).meta({ example: "ada@example.com" });

/** As long as the user pool takes it: it counts UTF-16 units, of which a character may have two. */
const withinPool = z
  .string()
  .max(256)
  .refine((password) => password.length <= 256, { error: "At most 256 characters, of which some count twice" });

/** Any password may be tried: the policy of today says nothing about the passwords of yesterday. */
export const AnyPassword = withinPool.min(1).meta({ format: "password", example: "correct horse battery" });

export const Password = withinPool
  .min(passwordMinLength)
  .regex(/^\S(.*\S)?$/su, "Must not begin or end with white space, which the user pool does not take")
  .meta({ format: "password", example: "correct horse battery" });

export const ConfirmationCode = z
  .string()
  .trim()
  .regex(/^\d{6}$/, "Six digits")
  .meta({ example: "123456" });

/** Whether all sessions of the user end, which takes one that is still good, or this one alone. */
export const SignOut = z.strictObject({
  everywhere: z.literal("true").optional().meta({ description: "End all sessions of the user" }),
});

/** A signed-in browser: the short access token for the API; what renews it stays in an HttpOnly cookie. */
export const Session = z
  .object({ accessToken: z.string(), tokenType: z.literal("Bearer"), expiresAt: z.iso.datetime() })
  .meta({ id: "Session" });
export type Session = z.output<typeof Session>;
