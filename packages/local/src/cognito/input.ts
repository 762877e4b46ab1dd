import { isObject, type JsonObject } from "../json.ts";
import { invalidParameter } from "./errors.ts";

/** The members of a request, as they came: nothing about them is known yet. */
export type Input = JsonObject;

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const constraint = (name: string, value: string, rule: string) =>
  invalidParameter(
    `1 validation error detected: Value${value} at '${lowerFirst(name)}' failed to satisfy constraint: Member must ${rule}`,
  );

/** @throws InvalidParameterException for a member that is there but is no text */
export function optionalText(input: Input, name: string): string | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === "string") return value;
  throw constraint(name, "", "be a string");
}

/** @throws InvalidParameterException for a member that is missing, empty or no text */
export function text(input: Input, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined) throw constraint(name, " null", "not be null");
  if (value === "") throw constraint(name, " ''", "have length greater than or equal to 1");
  return value;
}

/**
 * A password as Cognito's API takes it, whatever the pool's policy says.
 * @throws InvalidParameterException
 */
export function passwordText(input: Input, name: string): string {
  const value = text(input, name);
  if (value.length < 6) throw constraint(name, "", "have length greater than or equal to 6");
  if (value.length > 256) throw constraint(name, "", "have length less than or equal to 256");
  if (!/^\S+.*\S+$/s.test(value)) throw constraint(name, "", "satisfy regular expression pattern: ^[\\S]+.*[\\S]+$");
  return value;
}

/** A map of texts, such as `AuthParameters` and `ClientMetadata`; empty when it is missing. */
export function texts(input: Input, name: string): Readonly<Record<string, string>> {
  const value = input[name] ?? {};
  if (!isObject(value)) throw constraint(name, "", "be a map");
  return Object.fromEntries(Object.keys(value).map((key) => [key, optionalText(value, key) ?? ""]));
}

/** `[{Name, Value}]` as a map. */
export function attributesOf(input: Input, name: string): Readonly<Record<string, string>> {
  const value = input[name] ?? [];
  if (!Array.isArray(value)) throw constraint(name, "", "be a list");
  return Object.fromEntries(
    value.filter(isObject).map((each) => [text(each, "Name"), optionalText(each, "Value") ?? ""]),
  );
}
