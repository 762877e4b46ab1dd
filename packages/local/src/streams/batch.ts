import { list, object } from "../json.ts";
import type { InvokeResult, Invoker } from "../service-types.ts";

/**
 * Returns the back-off in milliseconds before an invocation is tried again. AWS retries for hours. Locally, a function
 * recovers within seconds or not at all.
 */
export const backOffMs = (attempt: number): number => Math.min(50 * 2 ** attempt, 5000);

/** Invokes a function with a batch of records. A call that rejects counts as a failure of the function. */
export const invokeBatch = (
  invoker: Invoker,
  functionArn: string,
  Records: readonly unknown[],
  requestId: string,
): Promise<InvokeResult> =>
  invoker
    .invoke(functionArn, { Records }, requestId)
    .catch((error: unknown) => ({ ok: false, error: { errorType: "Error", errorMessage: String(error) } }));

/**
 * Returns the `itemIdentifier`s of a partial batch response, or an empty list if the result is not such a response. An
 * entry without an identifier yields undefined. Example: `{ batchItemFailures: [{ itemIdentifier: "102" }, {}] }` gives
 * `["102", undefined]`.
 */
export const reportedFailures = (result: unknown): unknown[] =>
  list(object(result).batchItemFailures).map((failure) => object(failure).itemIdentifier);

/** Returns the end of a log line about an invocation: its duration, and the error if it failed. */
export const inTime = (started: number, outcome: InvokeResult): string => {
  const error = outcome.ok ? "" : `: ${outcome.error.errorType} ${outcome.error.errorMessage}`;
  return `in ${Math.round(performance.now() - started)} ms${error}`;
};
