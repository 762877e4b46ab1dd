import type { Resource } from "./graph/graph.ts";

/**
 * Casts a resource to the inputs of its type. The provider's types checked the inputs when the SST program was
 * evaluated, so no second check is needed. All inputs are optional, because none is set in every program.
 */
export function inputsOf<Inputs>(resource: Resource): Resource & Partial<Inputs> {
  return resource as Resource & Partial<Inputs>;
}
