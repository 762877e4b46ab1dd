import { isProperties, type Json, type RawResource } from "../raw.ts";

/** The statements of a role's own policies. */
export function statementsOf(role: RawResource): readonly Json[] {
  const policies = Array.isArray(role.inputs.inlinePolicies) ? role.inputs.inlinePolicies : [];
  return policies.flatMap((policy) => {
    const document: Json = isProperties(policy) ? JSON.parse(String(policy.policy)) : null;
    return isProperties(document) && Array.isArray(document.Statement) ? document.Statement : [];
  });
}
