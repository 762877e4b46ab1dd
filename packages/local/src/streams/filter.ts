import { isObject } from "../json.ts";

/** A filter that is not a valid pattern, or that uses an unsupported rule. */
export class FilterError extends Error {
  override readonly name = "FilterError";
}

/** Tests a value of an event. */
export type Matcher = (value: unknown) => boolean;

const textRule =
  (test: (value: string, wanted: string) => boolean) =>
  (wanted: unknown): Matcher => {
    if (typeof wanted !== "string") throw new FilterError(`expected a string, not ${JSON.stringify(wanted)}`);
    return (value) => typeof value === "string" && test(value, wanted);
  };

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "=": (a, b) => a === b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function numericRule(bounds: unknown): Matcher {
  if (!Array.isArray(bounds) || bounds.length % 2 !== 0)
    throw new FilterError("numeric takes pairs of operator and number");
  const tests = Array.from({ length: bounds.length / 2 }, (_, i) => {
    const compare = comparisons[String(bounds[2 * i])];
    const bound = Number(bounds[2 * i + 1]);
    if (!compare || Number.isNaN(bound)) throw new FilterError(`numeric does not support ${JSON.stringify(bounds)}`);
    return (value: number) => compare(value, bound);
  });
  return (value) => typeof value === "number" && tests.every((test) => test(value));
}

type Rules = Readonly<Record<string, (wanted: unknown) => Matcher>>;

const basicRules: Rules = {
  prefix: textRule((value, wanted) => value.startsWith(wanted)),
  suffix: textRule((value, wanted) => value.endsWith(wanted)),
  "equals-ignore-case": textRule((value, wanted) => value.toLowerCase() === wanted.toLowerCase()),
  numeric: numericRule,
  exists: (wanted) => (value) => (value !== undefined) === wanted,
};

function anythingBut(wanted: unknown, rules: Rules): Matcher {
  const unwanted = (Array.isArray(wanted) ? wanted : [wanted]).flatMap((entry) =>
    // A nested rule may list several values, and a match of any of them rejects the event. Example:
    // `{ "anything-but": { "prefix": ["a", "b"] } }` matches "cat", but neither "apple" nor "bat".
    isObject(entry)
      ? Object.entries(entry).flatMap(([name, values]) =>
          (Array.isArray(values) ? values : [values]).map((value: unknown) => rule({ [name]: value }, rules)),
        )
      : [rule(entry, rules)],
  );
  return (value) => value !== undefined && !unwanted.some((matches) => matches(value));
}

/**
 * Compiles one entry of a pattern's list: a value to equal, or an object with a rule. Example: `"Buy milk"`, or
 * `{ "prefix": "Buy" }`.
 */
function rule(entry: unknown, rules: Rules): Matcher {
  if (!isObject(entry)) return (value) => value === entry;
  const matchers = Object.entries(entry).map(([name, wanted]) => {
    if (name === "anything-but") return anythingBut(wanted, rules);
    const make = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!make) throw new FilterError(`the rule ${name} is not supported`);
    return make(wanted);
  });
  return (value) => matchers.every((matches) => matches(value));
}

/**
 * A list matches if one of its entries matches. An array in the event matches if one of its elements matches. Example:
 * `["shop", "work"]` matches the value "shop" and the array `["home", "shop"]`.
 */
function anyOf(entries: readonly unknown[], rules: Rules): Matcher {
  const matchers = entries.map((entry) => rule(entry, rules));
  const one: Matcher = (value) => matchers.some((matches) => matches(value));
  return (value) => (Array.isArray(value) && value.length > 0 ? value.some(one) : one(value));
}

/**
 * Matches if all fields match. Fields below a missing object are missing too, so `exists: false` holds there. Example:
 * `{ "OldImage": { "title": { "S": [{ "exists": false }] } } }` matches an event without `OldImage`.
 */
function object(pattern: Readonly<Record<string, unknown>>, rules: Rules): Matcher {
  const tests = Object.entries(pattern).map(([key, inner]): Matcher => {
    if (key === "$or") {
      if (!Array.isArray(inner)) throw new FilterError("$or takes a list of patterns");
      const options = inner.map((one: unknown) => compile(one, rules));
      return (value) => options.some((matches) => matches(value));
    }
    const matches = Array.isArray(inner) ? anyOf(inner, rules) : compile(inner, rules);
    return (value) => matches(isObject(value) ? value[key] : undefined);
  });
  const all: Matcher = (value) => tests.every((matches) => matches(value));
  return (value) => (Array.isArray(value) && value.length > 0 ? value.some(all) : all(value));
}

function compile(pattern: unknown, rules: Rules): Matcher {
  if (!isObject(pattern)) throw new FilterError(`a pattern is an object of lists, not ${JSON.stringify(pattern)}`);
  return object(pattern, rules);
}

/**
 * Compiles an event pattern of EventBridge, SNS or a Lambda event source mapping. Example:
 * `{ "eventName": ["INSERT"] }` matches a record of a new item.
 * @param pattern the object, or its JSON
 * @param more additional rules of one service
 * @throws FilterError for an invalid pattern or an unsupported rule
 */
export function compileFilter(pattern: unknown, more: Rules = {}): (event: unknown) => boolean {
  return compile(typeof pattern === "string" ? JSON.parse(pattern) : pattern, { ...basicRules, ...more });
}
