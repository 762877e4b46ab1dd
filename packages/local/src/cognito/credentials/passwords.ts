import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { invalidPassword } from "../errors.ts";
import type { PasswordPolicy } from "../pools.ts";

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
/** The passwords are those of a laptop's own accounts: a hash takes a few milliseconds, and a test makes many. */
const cost = 2 ** 11;
/** Of hashes that name no cost. */
const formerCost = 2 ** 14;
const optionsOf = (N: number): ScryptOptions => ({ N, r: 8, p: 1 });

/** A hash to compare with when there is no user, so that the time of an answer does not tell. */
const nobody = `${Buffer.alloc(16).toString("base64")}:${Buffer.alloc(32).toString("base64")}:${cost}`;

/** A salted scrypt hash of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, 32, optionsOf(cost));
  return `${salt.toString("base64")}:${hash.toString("base64")}:${cost}`;
}

/** Whether a password is the one of a hash; of no hash, never, and it takes as long. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [salt = "", expected = "", named = formerCost] = (hash ?? nobody).split(":");
  const actual = await derive(password, Buffer.from(salt, "base64"), 32, optionsOf(Number(named)));
  return timingSafeEqual(actual, Buffer.from(expected, "base64")) && hash !== undefined;
}

/** What Cognito counts as a symbol; a space inside a password is one too. */
const symbols = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** @throws InvalidPasswordException that names the first rule that is broken */
export function checkPassword(password: string, policy: PasswordPolicy): void {
  const rules: readonly (readonly [boolean, string])[] = [
    [password.length < policy.minimumLength, "Password not long enough"],
    [policy.requireUppercase && !/[A-Z]/.test(password), "Password must have uppercase characters"],
    [policy.requireLowercase && !/[a-z]/.test(password), "Password must have lowercase characters"],
    [policy.requireNumbers && !/\d/.test(password), "Password must have numeric characters"],
    [policy.requireSymbols && !symbols.test(password), "Password must have symbol characters"],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  if (broken) throw invalidPassword(`Password did not conform with policy: ${broken[1]}`);
}
