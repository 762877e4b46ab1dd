import type { ProblemDetails } from "./problem-details.ts";

// Errors of a client call. A page that shows them needs only these classes, and no schemas of the contract.

/** The API returned a problem. `problem` has the details. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: ProblemDetails;
  readonly status: number;
  /** Seconds to wait before a retry, if the response contains them. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: ProblemDetails, retryAfterSeconds?: number) {
    super(problem.detail);
    this.problem = problem;
    this.status = problem.status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The gateway or a proxy refused the request, such as with 401, 429 or 502. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly status: number;
  readonly requestId: string | undefined;
  /** Seconds to wait before a retry, if the response contains them. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, message: string, requestId: string | undefined, retryAfterSeconds?: number) {
    super(message);
    this.status = status;
    this.requestId = requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * There was no response: the network is down, or the call was canceled. If canceled, `cause` is the signal's reason.
 */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
}

/**
 * Returns whether a body has the members of a problem with their types. Does the same as the schema `ProblemDetails`,
 * without loading it in browsers.
 */
export function isProblemDetails(body: unknown): body is ProblemDetails {
  const {
    type,
    title,
    detail,
    instance,
    status,
    errors = [],
  }: Partial<Record<keyof ProblemDetails, unknown>> = Object(body);
  return (
    [type, title, detail, instance].every((member) => typeof member === "string") &&
    typeof status === "number" &&
    Array.isArray(errors) &&
    errors.every((error) => typeof error?.pointer === "string" && typeof error.detail === "string")
  );
}
