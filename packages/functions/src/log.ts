import { Logger } from "@aws-lambda-powertools/logger";

/** One structured line for each request, batch or trigger. */
export const logger = new Logger({ serviceName: "daybook" });

/** An error with its causes, and nothing of what else hangs on it: the SDK's errors carry items and requests. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause !== undefined && { cause: describeError(cause) }) };
}

/** Says what could not be done after a request had its effect: a refresh token may live on, or a notice was not written. */
export function logEnding({ failure }: { readonly failure?: unknown }): void {
  if (failure !== undefined) logger.warn("request not completed", { error: describeError(failure) });
}

let cold = true;

/** True the first time that an instance of a function asks. */
export function isColdStart(): boolean {
  const answer = cold;
  cold = false;
  return answer;
}
