import type { Graph } from "./graph.ts";
import { normaliseFunctions } from "./normalise/functions.ts";
import { createReferences } from "./normalise/references.ts";
import { normaliseResources } from "./normalise/resources.ts";
import { normaliseRoutes } from "./normalise/routes.ts";
import { isProperties, type Json, type RawGraph } from "./raw.ts";

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isProperties(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

/**
 * Creates the committed graph, from which a local cloud starts. It has references instead of values, one entry per
 * function, one per route, and all other resources by type. It omits physical names, tags, log groups and build output.
 * Unknown types remain, so that the consumer of the graph can report them by name.
 */
export function normalise(raw: RawGraph): Graph {
  const reference = createReferences(raw);
  const functions = normaliseFunctions(raw);
  const routes = normaliseRoutes(raw);
  const resources = normaliseResources(raw, new Set([...functions.used, ...routes.used]), reference);
  const readable = (value: Json) => sorted(reference(value));
  const graph = {
    version: 1,
    app: raw.app,
    stage: raw.stage,
    region: raw.region,
    functions: readable(functions.functions),
    routes: readable(routes.routes),
    resources: sorted(resources),
  };
  // The entries above have the shapes of `Graph`, but their type is JSON.
  return graph as unknown as Graph;
}
