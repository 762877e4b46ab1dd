import type { ProblemDetails } from "./problem-details.ts";

// What a call of the client can end in. A page that shows a failure needs these classes and nothing else of the contract: no schemas.

/** The API's own refusal: `problem` says what is wrong. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: ProblemDetails;
  readonly status: number;
  /** How long to wait before the same call is worth another try, if the answer said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: ProblemDetails, retryAfterSeconds?: number) {
    super(problem.detail);
    this.problem = problem;
    this.status = problem.status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** A refusal by what stands before the API: the gateway's 401 or 429, a proxy's 502. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly status: number;
  readonly requestId: string | undefined;
  /** As of a ProblemError. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, message: string, requestId: string | undefined, retryAfterSeconds?: number) {
    super(message);
    this.status = status;
    this.requestId = requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** No answer arrived: the network is down, or the call was cancelled (then `cause` is the signal's reason). */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
}

/** Whether the body of an answer has the members of a problem, each of its kind; the schema of `ProblemDetails` says the same for servers. */
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
