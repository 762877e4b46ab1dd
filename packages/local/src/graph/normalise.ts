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
 * Makes the graph that is committed and that a local cloud starts from: references instead of values, one entry a function, one a route,
 * the rest by type. Physical names, tags, log groups and what a build makes are left out; a type that nobody knows stays, so that
 * whoever provisions the graph can report it by name.
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
  // The parts are made above in the shapes that the type states; JSON has no types to check that by.
  return graph as unknown as Graph;
}
