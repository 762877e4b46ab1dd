/** Values of a request that conditions and policy variables are about. A key with `undefined` is known to be absent. */
export type Context = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Policies are written with a single value or a list. */
export const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

const expressions = new Map<string, RegExp>();

/** IAM's wildcards: `*` is any characters, `?` one. */
export function matchesGlob(pattern: string, value: string): boolean {
  if (!pattern.includes("*") && !pattern.includes("?")) return pattern === value;
  let expression = expressions.get(pattern);
  if (!expression) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    expression = new RegExp(`^${source}$`, "s");
    expressions.set(pattern, expression);
  }
  return expression.test(value);
}

/** The six parts of an ARN; the last keeps its colons. */
function partsOf(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** Each part of an ARN is matched by itself: a wildcard does not reach across a colon. */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === "*") return true;
  const wanted = partsOf(pattern);
  const actual = partsOf(arn);
  if (wanted.length < 6) return pattern.endsWith(":*") && matchesGlob(pattern, arn);
  return actual.length === 6 && wanted.every((part, i) => matchesGlob(part, actual[i] ?? ""));
}

/** The value of a context key, whose case does not matter; `known` tells an absent key from one that nobody supplies. */
export function lookUp(context: Context, key: string): { known: boolean; values: readonly string[] | undefined } {
  const name =
    key in context ? key : Object.keys(context).find((candidate) => candidate.toLowerCase() === key.toLowerCase());
  if (name === undefined) return { known: false, values: undefined };
  const value = context[name];
  return { known: true, values: value === undefined ? undefined : listOf(value) };
}

/** Fills policy variables such as `${aws:PrincipalArn}` in; undefined when one has no single value in this request. */
export function fillVariables(pattern: string, context: Context): string | undefined {
  if (!pattern.includes("${")) return pattern;
  let complete = true;
  const filled = pattern.replace(/\$\{([^}]+)\}/g, (_, variable: string) => {
    if (variable === "*" || variable === "?" || variable === "$") return variable;
    const [key = "", fallback] = variable.split(",").map((part) => part.trim());
    const { values } = lookUp(context, key);
    const value = values?.length === 1 ? values[0] : fallback?.replace(/^'|'$/g, "");
    complete &&= value !== undefined;
    return value ?? "";
  });
  return complete ? filled : undefined;
}
