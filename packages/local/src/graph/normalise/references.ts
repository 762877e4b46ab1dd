import { isProperties, type Json, type RawGraph, type RawResource } from "../raw.ts";

/** What other resources refer to, and whoever reads the graph must therefore have a value for. */
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

/** Shorter values would be found where they do not refer to anything. */
const minimumLength = 8;

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Recognises the names that SST makes up for AWS: app, stage and name as far as there is room, and the suffix. */
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
  // What the program says itself is a value of its own, also where AWS makes an id of it.
  if (attribute === "id" && !isPhysical(value, graph) && Object.values(resource.inputs).includes(value)) return false;
  return attribute !== "domainName" || resource.type.endsWith(":Distribution");
}

/** What stands for each value in the graph: `arn:aws:dynamodb:…` → `${TableTable.arn}`. */
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
  // Some types call their name differently: identityPoolName, targetId, …
  for (const { name, inputs } of resources) {
    for (const value of Object.values(inputs)) {
      if (isPhysical(value, graph)) add(value, `${name}.name`);
    }
  }
  return values;
}

/** Replaces the values of a stage by references, and the account by `${account}`, wherever they occur in keys and strings. */
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
