import * as z from "zod";

/** As people type it: lower case, without hyphens, with letters for the digits that they look like. */
const canonical = (typed: string) =>
  typed.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");

/** Opens an account once, in place of the code of an app: 16 characters of Crockford's base 32, which are 80 bits. */
export const RecoveryCode = z
  .string()
  .max(64)
  .overwrite(canonical)
  .regex(/^[0-9A-HJKMNP-TV-Z]{16}$/, "16 letters and digits")
  .meta({ example: "7Q2M-X4KD-9VTR-0HWB" });

/** The codes of a second factor, which are shown this once. */
export const RecoveryCodes = z
  .object({ codes: z.array(z.string().meta({ example: "7Q2M-X4KD-9VTR-0HWB" })) })
  .meta({ id: "RecoveryCodes" });
export type RecoveryCodes = z.output<typeof RecoveryCodes>;
