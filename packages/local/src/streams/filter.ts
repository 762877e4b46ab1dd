/** A filter of an event source mapping that says something which is not supported here, or is no pattern at all. */
export class FilterError extends Error {
  override readonly name = "FilterError";
}

type Matcher = (value: unknown) => boolean;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textRule =
  (test: (value: string, wanted: string) => boolean) =>
  (wanted: unknown): Matcher => {
    if (typeof wanted !== "string") throw new FilterError(`a text was expected, not ${JSON.stringify(wanted)}`);
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
    if (!compare || Number.isNaN(bound)) throw new FilterError(`numeric does not know ${JSON.stringify(bounds)}`);
    return (value: number) => compare(value, bound);
  });
  return (value) => typeof value === "number" && tests.every((test) => test(value));
}

const rules: Readonly<Record<string, (wanted: unknown) => Matcher>> = {
  prefix: textRule((value, wanted) => value.startsWith(wanted)),
  suffix: textRule((value, wanted) => value.endsWith(wanted)),
  "equals-ignore-case": textRule((value, wanted) => value.toLowerCase() === wanted.toLowerCase()),
  numeric: numericRule,
  exists: (wanted) => (value) => (value !== undefined) === wanted,
  "anything-but": (wanted) => {
    const unwanted = (Array.isArray(wanted) ? wanted : [wanted]).map(rule);
    return (value) => value !== undefined && !unwanted.some((matches) => matches(value));
  },
};

/** One entry of a pattern's list: a value to be equal to, or an object with a rule. */
function rule(entry: unknown): Matcher {
  if (!isRecord(entry)) return (value) => value === entry;
  const matchers = Object.entries(entry).map(([name, wanted]) => {
    const make = rules[name];
    if (!make) throw new FilterError(`the rule ${name} is not supported`);
    return make(wanted);
  });
  return (value) => matchers.every((matches) => matches(value));
}

/** A list matches when one of its entries does; of an array in the event, when one of its elements does. */
function anyOf(entries: readonly unknown[]): Matcher {
  const matchers = entries.map(rule);
  const one: Matcher = (value) => matchers.some((matches) => matches(value));
  return (value) => (Array.isArray(value) && value.length > 0 ? value.some(one) : one(value));
}

/** What is missing has no members either, so that `exists: false` holds below it. */
function object(pattern: Readonly<Record<string, unknown>>): Matcher {
  const tests = Object.entries(pattern).map(([key, inner]): Matcher => {
    if (key === "$or") {
      if (!Array.isArray(inner)) throw new FilterError("$or takes a list of patterns");
      const options = inner.map(compile);
      return (value) => options.some((matches) => matches(value));
    }
    const matches = Array.isArray(inner) ? anyOf(inner) : compile(inner);
    return (value) => matches(isRecord(value) ? value[key] : undefined);
  });
  const all: Matcher = (value) => tests.every((matches) => matches(value));
  return (value) => (Array.isArray(value) && value.length > 0 ? value.some(all) : all(value));
}

function compile(pattern: unknown): Matcher {
  if (!isRecord(pattern)) throw new FilterError(`a pattern is an object of lists, not ${JSON.stringify(pattern)}`);
  return object(pattern);
}

/**
 * Makes a test of an event pattern, as EventBridge and Lambda's event source mappings have them.
 * @param pattern the object, or its JSON
 * @throws FilterError when it says something that is not supported
 */
export function compileFilter(pattern: unknown): (event: unknown) => boolean {
  return compile(typeof pattern === "string" ? JSON.parse(pattern) : pattern);
}
