import { Logger } from "@aws-lambda-powertools/logger";

/** Logs one structured line per request, batch or trigger. */
export const logger = new Logger({ serviceName: "daybook" });

/** Returns an error and its causes for the log, without further properties: SDK errors contain items and requests. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause !== undefined && { cause: describeError(cause) }) };
}

/** Logs a failure after a request has taken effect: a refresh token was not revoked, or a notice was not stored. */
export function logEnding({ failure }: { readonly failure?: unknown }): void {
  if (failure !== undefined) logger.warn("request not completed", { error: describeError(failure) });
}

let cold = true;

/** Returns true on the first call in a function instance. */
export function isColdStart(): boolean {
  const answer = cold;
  cold = false;
  return answer;
}
