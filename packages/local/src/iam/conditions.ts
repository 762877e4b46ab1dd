import { type Context, fillVariables, listOf, literalOf, lookUp, matchesArn, matchesGlob } from "./patterns.ts";

/** Result of a condition: it holds, it fails, or it cannot be decided here, with the reason. */
export type Verdict = true | false | { readonly undecided: string };

type Matches = (actual: string, wanted: string) => boolean;

const numeric =
  (test: (a: number, b: number) => boolean): Matches =>
  (actual, wanted) =>
    test(Number(actual), Number(wanted));

/** Parses a date: ISO 8601, or seconds since 1970. Returns milliseconds. */
const timeOf = (text: string) => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));
const date =
  (test: (a: number, b: number) => boolean): Matches =>
  (actual, wanted) =>
    test(timeOf(actual), timeOf(wanted));

const orders = {
  Equals: (a: number, b: number) => a === b,
  LessThan: (a: number, b: number) => a < b,
  LessThanEquals: (a: number, b: number) => a <= b,
  GreaterThan: (a: number, b: number) => a > b,
  GreaterThanEquals: (a: number, b: number) => a >= b,
};

const operators: ReadonlyMap<string, Matches> = new Map<string, Matches>([
  ["StringEquals", (actual, wanted) => actual === literalOf(wanted)],
  ["StringEqualsIgnoreCase", (actual, wanted) => actual.toLowerCase() === literalOf(wanted).toLowerCase()],
  ["StringLike", (actual, wanted) => matchesGlob(wanted, actual)],
  ["ArnEquals", (actual, wanted) => matchesArn(wanted, actual)],
  ["ArnLike", (actual, wanted) => matchesArn(wanted, actual)],
  ["Bool", (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase()],
  ...Object.entries(orders).map(([name, test]): [string, Matches] => [`Numeric${name}`, numeric(test)]),
  ...Object.entries(orders).map(([name, test]): [string, Matches] => [`Date${name}`, date(test)]),
]);

interface Operator {
  readonly matches: Matches;
  readonly negated: boolean;
  readonly quantifier: string | undefined;
  readonly ifExists: boolean;
}

/** Parses an operator such as `ForAnyValue:StringNotLikeIfExists`. Returns undefined if it is not supported. */
function operatorOf(text: string): Operator | undefined {
  const [, quantifier, name = ""] = /^(?:(ForAllValues|ForAnyValue):)?(\w+)$/.exec(text) ?? [];
  const ifExists = name.endsWith("IfExists");
  const bare = ifExists ? name.slice(0, -"IfExists".length) : name;
  const negated = bare.includes("Not");
  const matches = operators.get(negated ? bare.replace("Not", "") : bare);
  return matches && { matches, negated, quantifier, ifExists };
}

function decide(operator: Operator, actual: readonly string[] | undefined, wanted: readonly string[]): boolean {
  const { matches, negated, quantifier, ifExists } = operator;
  if (actual === undefined) return ifExists || quantifier === "ForAllValues" || (negated && quantifier === undefined);
  const one = (value: string) => wanted.some((candidate) => matches(value, candidate)) !== negated;
  if (quantifier === "ForAllValues" || (negated && quantifier === undefined)) return actual.every(one);
  return actual.some(one);
}

/**
 * Evaluates one operator and key of a `Condition` block. An unsupported operator or key is undecided, never assumed:
 * `ForAllValues` of a missing key would hold.
 */
export function test(operator: string, key: string, wanted: string | readonly string[], context: Context): Verdict {
  const { known, values } = lookUp(context, key);
  if (!known) return { undecided: `the condition key ${key} is not supplied by the local cloud` };
  if (operator === "Null") return listOf(wanted).some((text) => (text === "true") === (values === undefined));
  const parts = operatorOf(operator);
  if (!parts) return { undecided: `the condition operator ${operator} is not supported by the local cloud` };
  const filled = listOf(wanted).map((text) => fillVariables(text, context));
  const usable = filled.filter((text) => text !== undefined);
  if (usable.length < filled.length) return { undecided: `a policy variable in the condition on ${key} has no value` };
  return decide(parts, values, usable);
}
