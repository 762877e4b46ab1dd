import { isProperties, type Json, type Properties } from "../raw.ts";
import { account } from "./outputs.ts";

const list = (value: Json | undefined): readonly Json[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
};
const records = (value: Json | undefined): readonly Properties[] => list(value).filter(isProperties);
const single = (values: readonly Json[]): Json => (values.length === 1 ? (values[0] ?? null) : values);
const part = (name: string, values: readonly Json[]): Properties => (values.length ? { [name]: single(values) } : {});

function principals(value: Json | undefined): Properties {
  const byKind: Record<string, Json> = {};
  for (const { type, identifiers } of records(value)) {
    if (type === "*") return { Principal: "*" };
    byKind[String(type)] = single([...list(byKind[String(type)]), ...list(identifiers)]);
  }
  return Object.keys(byKind).length ? { Principal: byKind } : {};
}

function conditions(value: Json | undefined): Properties {
  const byTest: Record<string, Record<string, Json>> = {};
  for (const { test, variable, values } of records(value)) {
    byTest[String(test)] = { ...byTest[String(test)], [String(variable)]: single(list(values)) };
  }
  return Object.keys(byTest).length ? { Condition: byTest } : {};
}

const statement = (input: Properties): Properties => ({
  ...part("Sid", list(input.sid)),
  Effect: input.effect ?? "Allow",
  ...part("Action", list(input.actions)),
  ...part("NotAction", list(input.notActions)),
  ...part("Resource", list(input.resources)),
  ...part("NotResource", list(input.notResources)),
  ...principals(input.principals),
  ...conditions(input.conditions),
});

/** The result of `aws.iam.getPolicyDocument`. */
function policyDocument(inputs: Properties): Properties {
  const statements = records(inputs.statements);
  const json = JSON.stringify({ Version: "2012-10-17", Statement: statements.map(statement) });
  // SST omits a policy without statements.
  return { ...inputs, statements: statements.length ? statements : null, id: "document", json, minifiedJson: json };
}

/** Returns the AWS provider's response to a data source or function call of the program. */
export function lookUp(token: string, inputs: Properties, region: string): Properties {
  switch (token) {
    case "aws:index/getRegion:getRegion": {
      const asked = inputs.region ?? region;
      return { region: asked, name: asked, id: asked, description: "" };
    }
    case "aws:index/getPartition:getPartition":
      return { partition: "aws", dnsSuffix: "amazonaws.com", id: "aws", reverseDnsPrefix: "com.amazonaws" };
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: account, arn: `arn:aws:iam::${account}:root`, userId: account, id: account };
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return policyDocument(inputs);
    default:
      return { ...inputs, id: `lookup-${inputs.name ?? token}` };
  }
}
