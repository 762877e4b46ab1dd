import type { Method, OperationSpec } from "@daybook/core/contract/operation";

/**
 * Returns the methods that a path supports, in alphabetical order. Empty for an unknown path. Paths match exactly:
 * `/v1/lists/` and `/v1//lists` are not `/v1/lists`, and an encoded slash (`%2F`) does not separate segments.
 *
 * @param path as API Gateway provides it, decoded except for encoded slashes
 */
export function methodsOf(operations: readonly Pick<OperationSpec, "method" | "path">[], path: string): Method[] {
  return operations
    .filter((operation) =>
      new URLPattern({ pathname: operation.path.replaceAll(/\{(\w+)\}/g, ":$1") }).test({ pathname: path }),
    )
    .map(({ method }) => method)
    .toSorted();
}
