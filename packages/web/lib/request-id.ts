import { GatewayError, NetworkError, ProblemError } from "@daybook/core/contract/failures";

// The error page is part of every page: what it needs to know of a failure must not bring the whole contract with it.

/** What a call failed of: a call that never left says so in its cause. */
export const reasonOf = (error: unknown): unknown =>
  error instanceof NetworkError && error.cause instanceof Error ? reasonOf(error.cause) : error;

/** The id of the request that failed, as the logs have it; nothing if none arrived. */
export function requestIdOf(error: unknown): string | undefined {
  const reason = reasonOf(error);
  if (reason instanceof ProblemError) return reason.problem.instance;
  return reason instanceof GatewayError ? reason.requestId : undefined;
}
