import { createHash, randomInt } from "node:crypto";
import type { UserId } from "../ids.ts";
import { RecoveryCode } from "./recovery.ts";

export const recoveryCodesCount = 10;

/** Crockford's base 32, which has no letters that look like digits. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const characters = 16;

/** Returns new random codes in groups of four characters. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCodesCount }, () => {
    const code = Array.from({ length: characters }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
    return (code.match(/.{4}/g) ?? []).join("-");
  });

/** Returns the stored hash of a code. A fast hash is enough: a code has 80 random bits, which cannot be guessed. */
export const hashOfCode = (userId: UserId, code: string): string =>
  createHash("sha256")
    .update(`${userId} ${RecoveryCode.parse(code)}`)
    .digest("base64url");
