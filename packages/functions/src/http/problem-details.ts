import { type ProblemCode, problems, problemType, retryAfterSeconds } from "@daybook/core/contract/problem";
import type { Problem } from "@daybook/core/contract/problem-details";
import { type ExpectedError, MethodNotAllowedError, TooManyRequestsError, ValidationError } from "@daybook/core/errors";
import { PostIncompleteError } from "@daybook/core/post/post.errors";
import { clearedSessionCookie } from "./cookie.ts";
import type { HttpEvent, HttpResponse } from "./event.ts";

/** The answer for any error: an expected one speaks for itself; of all others nothing leaves but that they happened. */
export function problemDetails(error: unknown, event: HttpEvent): HttpResponse {
  const { code, message, errors } = isExpected(error) ? withMembers(error) : unexpected;
  const { status, title } = problems[code];
  const wait = error instanceof TooManyRequestsError ? error.retryAfterSeconds : retryAfterSeconds[code];
  const problem: Problem = {
    type: problemType(code),
    title,
    status,
    detail: message,
    instance: event.requestContext.requestId,
    ...(errors && { errors: [...errors] }),
  };
  return {
    statusCode: status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(wait !== undefined && { "retry-after": String(wait) }),
      ...(error instanceof MethodNotAllowedError && { allow: error.allowed.join(", ") }),
    },
    // A cookie without its session is of no use to anybody.
    ...(code === "session-missing" && { cookies: [clearedSessionCookie] }),
    body: JSON.stringify(problem),
  };
}

const unexpected = {
  code: "internal-error" as const satisfies ProblemCode,
  message: "We have been told. Try again, and quote the instance if it happens again.",
  errors: undefined,
};

const withMembers = (error: ExpectedError) => ({
  code: error.code,
  message: error.message,
  errors: error instanceof ValidationError || error instanceof PostIncompleteError ? error.errors : undefined,
});

/** Whether the error is one of the catalogue's. */
export function isExpected(error: unknown): error is ExpectedError {
  return (
    error instanceof Error && "code" in error && typeof error.code === "string" && Object.hasOwn(problems, error.code)
  );
}
