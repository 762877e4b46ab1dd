import { problems, problemType } from "@daybook/core/contract/problem";
import type { ProblemDetails } from "@daybook/core/contract/problem-details";
import { isProblem, Problem } from "@daybook/core/problem";
import { clearedSessionCookie } from "./cookie.ts";
import type { HttpEvent, HttpResponse } from "./event.ts";

/** Returns the response for an error. Hides the details of an unexpected one. */
export function problemDetails(error: unknown, event: HttpEvent): HttpResponse {
  const problem = isProblem(error) ? error : new Problem("internal-error");
  const { code, message, errors, allowed, retryAfter } = problem;
  const { status, title } = problems[code];
  const details: ProblemDetails = {
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
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
      ...(allowed && { allow: allowed.join(", ") }),
    },
    // Clears the cookie of a session that has ended.
    ...(code === "session-missing" && { cookies: [clearedSessionCookie] }),
    body: JSON.stringify(details),
  };
}
