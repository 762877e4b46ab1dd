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

/** A code as an app shows it, in two groups perhaps. */
export const AppCode = z
  .string()
  .overwrite((code) => code.replaceAll(/\s/g, ""))
  .regex(/^\d{6}$/, "Six digits")
  .meta({ example: "123456" });

/** Whether a sign-in asks for the code of an app after the password, and how many recovery codes are not used yet. */
export const SecondFactor = z
  .object({ enabled: z.boolean(), recoveryCodesLeft: z.int().min(0).max(10) })
  .meta({ id: "SecondFactor" });
export type SecondFactor = z.output<typeof SecondFactor>;

/** What an app needs for its codes: for a QR code the whole as a URI, or the secret (base32) to be typed. */
export const SecondFactorEnrolment = z
  .object({
    secret: z.string(),
    uri: z.string().meta({ example: "otpauth://totp/Daybook:ada%40example.com?secret=…" }),
  })
  .meta({ id: "SecondFactorEnrolment" });
export type SecondFactorEnrolment = z.output<typeof SecondFactorEnrolment>;

/** Whether all sessions of the user end, which takes one that is still good, or this one alone. */
export const SignOut = z.strictObject({
  everywhere: z.literal("true").optional().meta({ description: "End all of the user's sessions" }),
});

/** A signed-in browser: the short access token for the API; what renews it stays in an HttpOnly cookie. */
export const Session = z
  .object({ accessToken: z.string(), tokenType: z.literal("Bearer"), expiresAt: z.iso.datetime() })
  .meta({ id: "Session" });
export type Session = z.output<typeof Session>;
