import { createHash, randomInt } from "node:crypto";
import type { UserId } from "../ids.ts";
import { RecoveryCode } from "./recovery.ts";

export const recoveryCodesCount = 10;

/** Crockford's base 32: without letters that look like digits. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const characters = 16;

/** New codes, in groups of four. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCodesCount }, () => {
    const code = Array.from({ length: characters }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
    return (code.match(/.{4}/g) ?? []).join("-");
  });

/** What the table keeps of a code. It has 80 random bits, so a fast hash does: guessing them all is out of reach. */
export const hashOfCode = (userId: UserId, code: string): string =>
  createHash("sha256")
    .update(`${userId} ${RecoveryCode.parse(code)}`)
    .digest("base64url");
