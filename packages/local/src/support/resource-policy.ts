import { isObject } from "../json.ts";
import type { Rule } from "./rules.ts";

/** Returns whether a statement only allows an AWS service, or only denies access without TLS. */
function isOfServices(statement: unknown): boolean {
  if (!isObject(statement)) return false;
  const { Effect, Principal, Condition } = statement;
  if (Effect === "Deny") return JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}';
  return isObject(Principal) && Object.keys(Principal).every((kind) => kind === "Service");
}

/**
 * Resource policies are not evaluated. A policy that only allows AWS services has no effect, because the local services
 * may do everything that the graph configures.
 */
export const policyOfServices: Rule = {
  fits: (policy) => isObject(policy) && [policy.Statement].flat().every(isOfServices),
};
