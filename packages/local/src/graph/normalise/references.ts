import { isProperties, type Json, type RawGraph, type RawResource } from "../raw.ts";

/** Attributes that other resources refer to. A consumer of the graph must compute them. */
const attributes = [
  "arn",
  "streamArn",
  "executionArn",
  "url",
  "apiEndpoint",
  "functionUrl",
  "id",
  "bucketRegionalDomainName",
  "domainName",
  "name",
  "result",
  "clientSecret",
] as const;

/** Minimum length of a referenced value. Shorter values would also match unrelated text. */
const minimumLength = 8;

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Whether a value is an AWS name that SST generated: app, stage and name, shortened if necessary, and the suffix. */
const isPhysical = (value: unknown, { suffix }: RawGraph): value is string =>
  typeof value === "string" && value.replace(/\.fifo$/, "").endsWith(`-${suffix}`);

function referable(
  attribute: string,
  value: Json | undefined,
  resource: RawResource,
  graph: RawGraph,
): value is string {
  if (typeof value !== "string" || value.length < minimumLength) return false;
  if (attribute === "name") return isPhysical(value, graph);
  // A value that the program sets as an input is not a reference, even if AWS uses it as the id.
  if (attribute === "id" && !isPhysical(value, graph) && Object.values(resource.inputs).includes(value)) return false;
  return attribute !== "domainName" || resource.type.endsWith(":Distribution");
}

/** Returns the reference for each value: `arn:aws:dynamodb:…` → `${TableTable.arn}`. */
function valuesOf(graph: RawGraph): Map<string, string> {
  const values = new Map<string, string>();
  const add = (value: string, reference: string) => values.has(value) || values.set(value, `\${${reference}}`);
  const resources = graph.resources.filter(({ custom }) => custom);
  for (const resource of resources) {
    const { name, outputs } = resource;
    for (const attribute of attributes) {
      const value = outputs[attribute];
      if (!referable(attribute, value, resource, graph)) continue;
      add(value, `${name}.${attribute}`);
      if (attribute === "apiEndpoint" || attribute === "functionUrl")
        add(new URL(value).host, `${name}.${attribute}:host`);
    }
  }
  // Some types use another input for their name: identityPoolName, targetId, …
  for (const { name, inputs } of resources) {
    for (const value of Object.values(inputs)) {
      if (isPhysical(value, graph)) add(value, `${name}.name`);
    }
  }
  return values;
}

/**
 * Returns a function that replaces a stage's values with references, and the account with `${account}`, in keys and
 * strings.
 */
export function createReferences(graph: RawGraph): (value: Json) => Json {
  const values = valuesOf(graph);
  const longestFirst = [...values.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(literally).join("|"), "g");
  const text = (value: string) =>
    value.replace(pattern, (found) => values.get(found) ?? found).replaceAll(graph.account, `\${account}`);
  const replace = (value: Json): Json => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(replace);
    if (!isProperties(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), replace(item)]));
  };
  return replace;
}
