import { createHmac } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * Returns the code of a secret at the current time, or `later` steps of 30 seconds later (RFC 6238). Each code is valid
 * once, and the code of the next step is already accepted.
 */
export function totp(secret: string, later = 0): string {
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const digest = createHmac("sha1", key).update(counter).digest();
  const number = digest.readUInt32BE(digest.readUInt8(19) % 16) % 2 ** 31;
  return String(number % 1_000_000).padStart(6, "0");
}

/** Returns a code that is invalid for the secret in all time steps around now. */
export function wrongTotp(secret: string): string {
  const right = new Set([-2, -1, 0, 1, 2].map((later) => totp(secret, later)));
  return ["000000", "000001", "000002", "000003", "000004", "000005"].find((code) => !right.has(code)) ?? "";
}
