import { createHmac, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Letters and digits. */
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * Returns a function that derives a program's passwords from their names. A password is stable within a data folder and
 * differs between data folders.
 */
export function createPasswords(dataFolder: string): (name: string, length: number) => string {
  const file = path.join(dataFolder, "passwords.key");
  mkdirSync(dataFolder, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  const key = readFileSync(file, "utf8").trim();
  const character = (name: string, place: number) => {
    const number = createHmac("sha256", key).update(`${name} ${place}`).digest().readUInt32BE();
    return alphabet.charAt(number % alphabet.length);
  };
  return (name, length) => Array.from({ length }, (_, place) => character(name, place)).join("");
}
