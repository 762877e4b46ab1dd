import * as z from "zod";

/** The one rule for passwords (NIST SP 800-63B: length, not composition); the user pool's policy is made from it. */
export const passwordMinLength = 12;

/** Case does not distinguish addresses; 254 characters is the longest address that mail can carry (RFC 5321). */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email()).meta({ example: "ada@example.com" });

export const Password = z
  .string()
  .min(passwordMinLength)
  .max(256)
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
