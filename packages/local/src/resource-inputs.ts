import type { Resource } from "./graph/graph.ts";

/**
 * A resource with the inputs that its type has. They were checked when the SST program was evaluated, by the provider's own
 * types, so this is the one place that takes them at their word; each is optional for none is in every program.
 */
export function inputsOf<Inputs>(resource: Resource): Resource & Partial<Inputs> {
  return resource as Resource & Partial<Inputs>;
}
