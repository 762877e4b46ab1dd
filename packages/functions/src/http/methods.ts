import type { Method, OperationSpec } from "@daybook/core/contract/operation";

/**
 * The methods that a path answers, in alphabetical order: none where nothing is. Paths are taken to the letter: a slash at the end, or
 * two in a row, make another path, and an encoded one (`%2F`) separates nothing.
 *
 * @param path as API Gateway gives it, decoded but for encoded slashes
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
