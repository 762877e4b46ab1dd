import { ServiceError } from "../iam/protocols.ts";

/** A condition on a field of a form. */
type Match = {
  readonly operator: "eq" | "starts-with";
  /** Field name in lower case. */
  readonly field: string;
  readonly value: string;
  /** The condition's text in an error. */
  readonly shown: string;
};
type Condition = Match | { readonly operator: "content-length-range"; readonly least: number; readonly most: number };

export interface PostPolicy {
  readonly expiresAt: number;
  readonly conditions: readonly Condition[];
}

const invalid = (what: string) => new ServiceError(400, "InvalidPolicyDocument", `Invalid Policy: ${what}`);
const refused = (why: string) => new ServiceError(403, "AccessDenied", `Invalid according to Policy: ${why}`);

function matchOf(operator: "eq" | "starts-with", name: unknown, value: unknown): Condition {
  if (typeof name !== "string" || typeof value !== "string")
    throw invalid("Invalid Simple-Condition: value must be a string.");
  const shown = JSON.stringify([operator, `$${name}`, value]).replaceAll('","', '", "');
  return { operator, field: name.toLowerCase(), value, shown };
}

function listCondition([operator, second, third]: readonly unknown[]): Condition {
  const name = typeof operator === "string" ? operator.toLowerCase() : "";
  if (name === "content-length-range") {
    const [least, most] = [Number(second), Number(third)];
    if (!(least >= 0 && most >= least)) throw invalid("Invalid content-length-range: two numbers are needed.");
    return { operator: name, least, most };
  }
  if ((name === "eq" || name === "starts-with") && typeof second === "string" && second.startsWith("$"))
    return matchOf(name, second.slice(1), third);
  throw invalid("Invalid Condition: it is no known operator on a field.");
}

function conditionOf(condition: unknown): Condition {
  if (Array.isArray(condition)) return listCondition(condition);
  const [entry, ...more] = typeof condition === "object" && condition !== null ? Object.entries(condition) : [];
  if (entry === undefined || more.length > 0)
    throw invalid("Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
  return matchOf("eq", ...entry);
}

/**
 * Parses a base64-encoded policy document.
 * @throws ServiceError `InvalidPolicyDocument`
 */
export function postPolicyOf(base64: string): PostPolicy {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(base64, "base64").toString());
  } catch {
    throw invalid("Invalid JSON.");
  }
  if (typeof document !== "object" || document === null) throw invalid("Invalid JSON.");
  if (!("expiration" in document)) throw invalid("Policy missing expiration.");
  if (!("conditions" in document) || !Array.isArray(document.conditions)) throw invalid("Policy missing conditions.");
  const expiresAt = Date.parse(String(document.expiration));
  if (Number.isNaN(expiresAt)) throw invalid(`Invalid 'expiration' value: '${document.expiration}'`);
  return { expiresAt, conditions: document.conditions.map(conditionOf) };
}

const needNoCondition = new Set(["x-amz-signature", "file", "policy", "awsaccesskeyid", "signature", "bucket"]);

function holds(condition: Match, value: string | undefined): boolean {
  if (value === undefined) return false;
  if (condition.operator === "eq") return value === condition.value;
  // A content type may be a comma-separated list. Every member must match.
  const values = condition.field === "content-type" ? value.split(",").map((one) => one.trim()) : [value];
  return values.every((one) => one.startsWith(condition.value));
}

/**
 * Checks a form against its policy.
 * @param fields include the requested bucket, and the key with the file's name inserted
 * @throws ServiceError `AccessDenied` that names the condition; `EntityTooLarge`, `EntityTooSmall`
 */
export function checkPolicy(
  { expiresAt, conditions }: PostPolicy,
  fields: ReadonlyMap<string, string>,
  size: number,
  now: number = Date.now(),
): void {
  if (expiresAt <= now) throw refused("Policy expired.");
  const named = new Set<string>();
  for (const condition of conditions) {
    if (condition.operator === "content-length-range") continue;
    named.add(condition.field);
    if (!holds(condition, fields.get(condition.field))) throw refused(`Policy Condition failed: ${condition.shown}`);
  }
  const extra = [...fields.keys()].filter(
    (name) => !named.has(name) && !needNoCondition.has(name) && !name.startsWith("x-ignore-"),
  );
  if (extra.length > 0) throw refused(`Extra input fields: ${extra.join(", ")}`);
  for (const condition of conditions) {
    if (condition.operator !== "content-length-range") continue;
    if (size > condition.most)
      throw new ServiceError(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
        ProposedSize: size,
        MaxSizeAllowed: condition.most,
      });
    if (size < condition.least)
      throw new ServiceError(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
        ProposedSize: size,
        MinSizeAllowed: condition.least,
      });
  }
}
