import type { Graph } from "./graph/graph.ts";
import { data } from "./support/data.ts";
import { functionEntry, functions } from "./support/functions.ts";
import { http } from "./support/http.ts";
import { identity } from "./support/identity.ts";
import { messages } from "./support/messages.ts";
import { type Rules, unknownProperties } from "./support/rules.ts";
import { values } from "./support/values.ts";

/** Rules for the properties of every known resource type. */
const known: Readonly<Record<string, Rules>> = { ...data, ...functions, ...http, ...identity, ...messages, ...values };

/** Types without any effect on a laptop, each with the reason. */
const needless: Readonly<Record<string, string>> = {
  "aws:kms:Key": "data are kept as they are, in a folder of this machine",
  "aws:s3:BucketLifecycleConfiguration": "what nobody claims costs nothing here, and goes with the data folder",
  "aws:cloudfront:OriginAccessIdentity": "the edge reads the bucket's folder itself; nothing else reaches it",
};

/** A resource, or properties of it, that the local cloud does not support. */
export interface Unsupported {
  readonly type: string;
  readonly name: string;
  /** Paths of the properties. Empty if the type itself is unknown. */
  readonly properties: readonly string[];
}

function unsupportedResources({ resources }: Graph): Unsupported[] {
  return Object.entries(resources).flatMap(([type, named]) => {
    if (Object.hasOwn(needless, type)) return [];
    const rules = Object.hasOwn(known, type) ? known[type] : undefined;
    return Object.entries(named).flatMap(([name, inputs]) => {
      const properties = rules ? unknownProperties(rules, inputs) : [];
      return rules && properties.length === 0 ? [] : [{ type, name, properties }];
    });
  });
}

/** A function URL is served only by the distribution in front of it. */
function unreachableUrls({ resources }: Graph): Unsupported[] {
  if (resources["aws:cloudfront:Distribution"]) return [];
  const type = "aws:lambda:FunctionUrl";
  return Object.keys(resources[type] ?? {}).map((name) => ({ type, name, properties: ["functionUrl"] }));
}

/**
 * Lists the parts of the graph that the local cloud does not support, so that every difference from AWS is reported.
 */
export function unsupported(graph: Graph): Unsupported[] {
  const entries = Object.entries(graph.functions).flatMap(([name, entry]) => {
    const properties = unknownProperties(functionEntry, { ...entry });
    return properties.length > 0 ? [{ type: "aws:lambda:Function", name, properties }] : [];
  });
  return [...entries, ...unsupportedResources(graph), ...unreachableUrls(graph)];
}

/** Formats one line of the log. */
export const inWords = ({ type, name, properties }: Unsupported): string =>
  `not carried out here: ${type} ${name}${properties.length > 0 ? `: ${properties.join(", ")}` : ""}`;
