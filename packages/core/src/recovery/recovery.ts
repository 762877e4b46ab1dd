import * as z from "zod";

/**
 * Normalizes a typed code: upper case, without hyphens and spaces, with digits for the letters that look like them.
 * Example: `7q2m x4kd 9vtr ohwb` becomes `7Q2MX4KD9VTR0HWB`.
 */
const canonical = (typed: string) =>
  typed.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");

/**
 * A recovery code, which works once instead of an authenticator code: 16 characters of Crockford's base 32, or 80 bits.
 */
export const RecoveryCode = z
  .string()
  .max(64)
  .overwrite(canonical)
  .regex(/^[0-9A-HJKMNP-TV-Z]{16}$/, "16 letters and digits")
  .meta({ example: "7Q2M-X4KD-9VTR-0HWB" });

/** The recovery codes of a second factor, shown once. */
export const RecoveryCodes = z
  .object({ codes: z.array(z.string().meta({ example: "7Q2M-X4KD-9VTR-0HWB" })) })
  .meta({ id: "RecoveryCodes" });
export type RecoveryCodes = z.output<typeof RecoveryCodes>;
