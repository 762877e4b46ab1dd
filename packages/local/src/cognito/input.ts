import { isObject, type JsonObject } from "../json.ts";
import { invalidParameter } from "./errors.ts";

/** The parameters of a request, not validated yet. */
export type Input = JsonObject;

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const constraint = (name: string, value: string, rule: string) =>
  invalidParameter(
    `1 validation error detected: Value${value} at '${lowerFirst(name)}' failed to satisfy constraint: Member must ${rule}`,
  );

/**
 * Returns an optional string parameter.
 * @throws InvalidParameterException if it is present but not a string
 */
export function optionalText(input: Input, name: string): string | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === "string") return value;
  throw constraint(name, "", "be a string");
}

/**
 * Returns a required string parameter.
 * @throws InvalidParameterException if it is missing, empty or not a string
 */
export function text(input: Input, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined) throw constraint(name, " null", "not be null");
  if (value === "") throw constraint(name, " ''", "have length greater than or equal to 1");
  return value;
}

/**
 * Returns a password that meets the constraints of Cognito's API: 6 to 256 characters, without white space at either
 * end. The pool's password policy is checked separately.
 * @throws InvalidParameterException
 */
export function passwordText(input: Input, name: string): string {
  const value = text(input, name);
  if (value.length < 6) throw constraint(name, "", "have length greater than or equal to 6");
  if (value.length > 256) throw constraint(name, "", "have length less than or equal to 256");
  if (!/^\S+.*\S+$/s.test(value)) throw constraint(name, "", "satisfy regular expression pattern: ^[\\S]+.*[\\S]+$");
  return value;
}

/** Returns a map of strings, such as `AuthParameters` or `ClientMetadata`. Empty if the parameter is missing. */
export function texts(input: Input, name: string): Readonly<Record<string, string>> {
  const value = input[name] ?? {};
  if (!isObject(value)) throw constraint(name, "", "be a map");
  return Object.fromEntries(Object.keys(value).map((key) => [key, optionalText(value, key) ?? ""]));
}

/** Converts `[{Name, Value}]` to a map. */
export function attributesOf(input: Input, name: string): Readonly<Record<string, string>> {
  const value = input[name] ?? [];
  if (!Array.isArray(value)) throw constraint(name, "", "be a list");
  return Object.fromEntries(
    value.filter(isObject).map((each) => [text(each, "Name"), optionalText(each, "Value") ?? ""]),
  );
}
