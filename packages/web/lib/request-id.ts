import { GatewayError, NetworkError, ProblemError } from "@daybook/core/contract/failures";

// This module imports little, because every page includes the error page, which must not include the API contract.

/** The underlying error of a failed call. A call that was never sent has it as its cause. */
export const reasonOf = (error: unknown): unknown =>
  error instanceof NetworkError && error.cause instanceof Error ? reasonOf(error.cause) : error;

/** The id of the failed request, as in the logs; undefined if no response arrived. */
export function requestIdOf(error: unknown): string | undefined {
  const reason = reasonOf(error);
  if (reason instanceof ProblemError) return reason.problem.instance;
  return reason instanceof GatewayError ? reason.requestId : undefined;
}
