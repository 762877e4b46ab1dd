import { isProperties, type Json, type RawGraph, type RawResource } from "../raw.ts";

function statementsIn(policy: Json | undefined): readonly Json[] {
  const document: Json = policy === undefined ? null : JSON.parse(String(policy));
  return isProperties(document) && Array.isArray(document.Statement) ? document.Statement : [];
}

/** Inline policies that are resources of their own (`aws.iam.RolePolicy`), of one role. */
export const policiesOf = (role: RawResource, { resources }: RawGraph): readonly RawResource[] =>
  resources.filter(
    ({ type, inputs }) =>
      type === "aws:iam/rolePolicy:RolePolicy" &&
      (inputs.role === role.outputs.name || inputs.role === role.outputs.id),
  );

/** The statements of a role's inline policies, both within the role and attached to it. */
export function statementsOf(role: RawResource, graph: RawGraph): readonly Json[] {
  const inline = Array.isArray(role.inputs.inlinePolicies) ? role.inputs.inlinePolicies : [];
  return [
    ...inline.flatMap((policy) => (isProperties(policy) ? statementsIn(policy.policy) : [])),
    ...policiesOf(role, graph).flatMap(({ inputs }) => statementsIn(inputs.policy)),
  ];
}
