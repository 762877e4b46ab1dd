import type { Graph } from "../graph/graph.ts";
import { services } from "../services.ts";
import { type ResourceRules, unknownProperties } from "./rules.ts";

/** Rules of every known resource type. */
const known = new Map<string, ResourceRules>(Object.values(services).flatMap(({ types }) => Object.entries(types)));

/** A resource, or properties of it, that the local cloud does not support. */
export interface Unsupported {
  readonly type: string;
  readonly name: string;
  /** Paths of the properties. Empty if the type itself is unknown. */
  readonly properties: readonly string[];
}

/** The functions of a graph are not in its resources. Their entries have this type's rules. */
const functionType = "aws:lambda:Function";

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
  const all = [[functionType, graph.functions] as const, ...Object.entries(graph.resources)];
  const resources = all.flatMap(([type, named]) => {
    const rules = known.get(type);
    if (typeof rules === "string") return [];
    return Object.entries(named).flatMap(([name, inputs]) => {
      const properties = rules ? unknownProperties(rules, { ...inputs }) : [];
      return rules && properties.length === 0 ? [] : [{ type, name, properties }];
    });
  });
  return [...resources, ...unreachableUrls(graph)];
}

/** Formats one line of the log. */
export const inWords = ({ type, name, properties }: Unsupported): string =>
  `not supported: ${type} ${name}${properties.length > 0 ? `: ${properties.join(", ")}` : ""}`;
