import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { invalidPassword } from "../errors.ts";
import type { PasswordPolicy } from "../pools.ts";

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
/**
 * Scrypt cost. Low, because local passwords need little protection and tests hash many of them. A hash takes a few
 * milliseconds.
 */
const cost = 2 ** 11;
/** Scrypt cost of stored hashes without a cost. */
const formerCost = 2 ** 14;
const optionsOf = (N: number): ScryptOptions => ({ N, r: 8, p: 1 });

/** A dummy hash for unknown users, so that the response time does not reveal whether a user exists. */
const unknownUserHash = `${Buffer.alloc(16).toString("base64")}:${Buffer.alloc(32).toString("base64")}:${cost}`;

/** Returns a salted scrypt hash of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, 32, optionsOf(cost));
  return `${salt.toString("base64")}:${hash.toString("base64")}:${cost}`;
}

/** Whether a password matches a hash. Always false for an undefined hash, in the same time. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [salt = "", expected = "", named = formerCost] = (hash ?? unknownUserHash).split(":");
  const actual = await derive(password, Buffer.from(salt, "base64"), 32, optionsOf(Number(named)));
  return timingSafeEqual(actual, Buffer.from(expected, "base64")) && hash !== undefined;
}

/** The characters that Cognito counts as symbols. A space inside a password counts too. */
const symbols = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/**
 * Checks a password against the pool's policy.
 * @throws InvalidPasswordException for the first violated rule
 */
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
