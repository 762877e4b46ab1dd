import { isProperties, type Json, type RawGraph, type RawResource } from "../raw.ts";

function statementsIn(policy: Json | undefined): readonly Json[] {
  const document: Json = policy === undefined ? null : JSON.parse(String(policy));
  return isProperties(document) && Array.isArray(document.Statement) ? document.Statement : [];
}

/** Returns the inline policies of a role that are separate resources (`aws.iam.RolePolicy`). */
export const policiesOf = (role: RawResource, { resources }: RawGraph): readonly RawResource[] =>
  resources.filter(
    ({ type, inputs }) =>
      type === "aws:iam/rolePolicy:RolePolicy" &&
      (inputs.role === role.outputs.name || inputs.role === role.outputs.id),
  );

/** Returns the statements of a role's inline policies, both in the role and in separate resources. */
export function statementsOf(role: RawResource, graph: RawGraph): readonly Json[] {
  const inline = Array.isArray(role.inputs.inlinePolicies) ? role.inputs.inlinePolicies : [];
  return [
    ...inline.flatMap((policy) => (isProperties(policy) ? statementsIn(policy.policy) : [])),
    ...policiesOf(role, graph).flatMap(({ inputs }) => statementsIn(inputs.policy)),
  ];
}
