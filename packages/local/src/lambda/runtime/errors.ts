import type { FunctionError } from "../../service-types.ts";

/** An error of the runtime itself, by the name that AWS gives it; where in the runtime it was made says nothing to anybody. */
export const runtimeError = (name: string, message: string): Error =>
  Object.assign(new Error(message), { name, stack: `${name}: ${message}` });

/** Lambda's shape of whatever a handler threw. */
export function functionError(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? "").split("\n") };
}

/** Lambda's names for what can be wrong with a bundle. */
export function importError(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const code = "code" in thrown ? thrown.code : undefined;
  if (code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND") {
    return runtimeError("Runtime.ImportModuleError", `Error: ${thrown.message}`);
  }
  if (thrown instanceof SyntaxError)
    return runtimeError("Runtime.UserCodeSyntaxError", `SyntaxError: ${thrown.message}`);
  return thrown;
}

/** A promise that nobody caught. */
export const unhandledRejection = (reason: unknown): Error =>
  runtimeError(
    "Runtime.UnhandledPromiseRejection",
    reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason),
  );
