/** Condition keys of a request, by name. A key whose value is `undefined` is known to be absent. */
export type Context = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Converts a property of a policy, which is a single value or a list, to a list. */
export const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

const expressions = new Map<string, RegExp>();

/** A wildcard, or a literal character in the form of a variable: `${*}`, `${?}`, `${$}`. */
const special = /\$\{([*?$])\}|[*?]/g;

/** Returns the text of a pattern that has no wildcards: `a${*}` is `a*`. */
export const literalOf = (pattern: string): string => pattern.replace(special, (match, literal) => literal ?? match);

/** Matches IAM's wildcards: `*` stands for any characters, `?` for one. */
export function matchesGlob(pattern: string, value: string): boolean {
  if (!/[*?$]/.test(pattern)) return pattern === value;
  let expression = expressions.get(pattern);
  if (!expression) {
    const source = pattern.replace(/\$\{([*?$])\}|[*?.+^${}()|[\]\\]/g, (match, literal?: string) => {
      if (match === "*") return ".*";
      return match === "?" ? "." : `\\${literal ?? match}`;
    });
    expression = new RegExp(`^${source}$`, "s");
    expressions.set(pattern, expression);
  }
  return expression.test(value);
}

/** Splits an ARN into its six parts. The last part keeps its colons. */
function partsOf(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** Matches each part of an ARN separately, so a wildcard does not extend across a colon. */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === "*") return true;
  const wanted = partsOf(pattern);
  const actual = partsOf(arn);
  if (wanted.length < 6) return pattern.endsWith(":*") && matchesGlob(pattern, arn);
  return actual.length === 6 && wanted.every((part, i) => matchesGlob(part, actual[i] ?? ""));
}

/**
 * Returns the values of a condition key, case-insensitively. `known` is false if the key is not supplied, and true with
 * undefined values if it is known to be absent.
 */
export function lookUp(context: Context, key: string): { known: boolean; values: readonly string[] | undefined } {
  const name =
    key in context ? key : Object.keys(context).find((candidate) => candidate.toLowerCase() === key.toLowerCase());
  if (name === undefined) return { known: false, values: undefined };
  const value = context[name];
  return { known: true, values: value === undefined ? undefined : listOf(value) };
}

/**
 * Fills in policy variables such as `${aws:PrincipalArn}`. Wildcards in a value are written as `${*}` and `${?}`, so
 * that they match only themselves. Returns undefined if a variable does not have exactly one value in this request.
 */
export function fillVariables(pattern: string, context: Context): string | undefined {
  let complete = true;
  const filled = pattern.replace(/\$\{([^}]+)\}/g, (match, variable: string) => {
    if (/^[*?$]$/.test(variable)) return match;
    const [key = "", fallback] = variable.split(",").map((part) => part.trim());
    const { values } = lookUp(context, key);
    const value = values?.length === 1 ? values[0] : fallback?.replace(/^'|'$/g, "");
    complete &&= value !== undefined;
    return (value ?? "").replace(/[*?$]/g, (character) => `\${${character}}`);
  });
  return complete ? filled : undefined;
}
