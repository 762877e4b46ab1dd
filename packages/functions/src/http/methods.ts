import type { Method, OperationSpec } from "@daybook/core/contract/operation";

/**
 * Returns the methods that a path supports, in alphabetical order. Empty for an unknown path. Paths match exactly:
 * `/v1/lists/` and `/v1//lists` are not `/v1/lists`, and an encoded slash (`%2F`) does not separate segments.
 *
 * @param path as API Gateway provides it, decoded except for encoded slashes
 */
export function methodsOf(operations: readonly Pick<OperationSpec, "method" | "path">[], path: string): Method[] {
  const segments = path.split("/");
  const matches = (template: string) => {
    const parts = template.split("/");
    return (
      parts.length === segments.length &&
      parts.every((part, i) => (part.startsWith("{") ? segments[i] !== "" : part === segments[i]))
    );
  };
  return operations
    .filter((operation) => matches(operation.path))
    .map(({ method }) => method)
    .toSorted();
}
