import type { FunctionError } from "../../service-types.ts";

/**
 * Creates an error of the runtime with AWS's name for it. The stack contains no frames of the runtime, since they do
 * not help the developer.
 */
export const runtimeError = (name: string, message: string): Error =>
  Object.assign(new Error(message), { name, stack: `${name}: ${message}` });

/** Converts a thrown value to Lambda's error format. */
export function functionError(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? "").split("\n") };
}

/** Maps errors of loading a bundle to Lambda's error names. */
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

/** Creates the error for an unhandled rejection. */
export const unhandledRejection = (reason: unknown): Error =>
  runtimeError(
    "Runtime.UnhandledPromiseRejection",
    reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason),
  );
