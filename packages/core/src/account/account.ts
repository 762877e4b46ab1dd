import * as z from "zod";
import * as brand from "../brand.ts";
import { passwordMinLength } from "./account.limits.ts";

/** An email address in lower case, with at most 254 characters, the longest that mail can carry (RFC 5321). */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email()).meta({ example: "ada@example.com" });

/** At most 256 UTF-16 units, the limit of the user pool. Some characters count as two. */
const withinPool = z
  .string()
  .max(256)
  .refine((password) => password.length <= 256, { error: "At most 256 characters, of which some count twice" });

/** A password to verify. It may be older than the current policy, so its minimum length is 1. */
export const AnyPassword = withinPool.min(1).meta({ format: "password", example: "correct horse battery" });

export const Password = withinPool
  .min(passwordMinLength)
  .regex(/^\S(.*\S)?$/su, "Must not begin or end with white space, which the user pool does not take")
  .meta({ format: "password", example: "correct horse battery" });

/** The password after a reset or a change. */
export const NewPassword = Password.meta({ format: "password", example: "a new and longer one" });

export const ConfirmationCode = z
  .string()
  .trim()
  .regex(/^\d{6}$/, "Six digits")
  .meta({ example: "123456" });

/** A code from an authenticator app, which may show it in two groups. */
export const AppCode = z
  .string()
  .overwrite((code) => code.replaceAll(/\s/g, ""))
  .regex(/^\d{6}$/, "Six digits")
  .meta({ example: "123456" });

/** Whether a sign-in needs an authenticator code after the password, and the number of unused recovery codes. */
export const SecondFactor = z
  .object({ enabled: z.boolean(), recoveryCodesLeft: z.int().min(0).max(10) })
  .meta({ id: "SecondFactor" });
export type SecondFactor = z.output<typeof SecondFactor>;

/** The secret for an authenticator app: as a URI for a QR code, or in base32 to type. */
export const SecondFactorEnrolment = z
  .object({
    secret: z.string(),
    uri: z.string().meta({ example: `otpauth://totp/${encodeURIComponent(brand.name)}:ada%40example.com?secret=…` }),
  })
  .meta({ id: "SecondFactorEnrolment" });
export type SecondFactorEnrolment = z.output<typeof SecondFactorEnrolment>;
