import { GatewayError, ProblemError } from "@daybook/core/contract/failures";
import { isProblem, problemInWords } from "../../../lib/problem-words.ts";
import { reasonOf } from "../../../lib/request-id.ts";
import type { Outcome } from "./send-step.ts";

/**
 * Status codes of temporary refusals: expired token (401), timeout (408), too early (425), rate limit (429). Example:
 * 429 with `Retry-After: 5` is retried after 5 s or more; 422 needs a decision.
 */
const passing = new Set([401, 408, 425, 429]);

/** Maps a failed request to an outcome. Example: a network error is `silence`, 503 is `later`, 422 is `trouble`. */
export function outcomeOfError(error: unknown): Outcome {
  const reason = reasonOf(error);
  if (!(reason instanceof ProblemError || reason instanceof GatewayError)) return { type: "silence" };
  if (isProblem(reason, "list-not-found")) return { type: "trouble", trouble: { kind: "missing", what: "list" } };
  if (isProblem(reason, "todo-not-found")) return { type: "trouble", trouble: { kind: "missing", what: "todo" } };
  if (reason.status >= 500 || passing.has(reason.status) || isProblem(reason, "list-busy", "request-in-flight"))
    return {
      type: "later",
      afterMs: reason.retryAfterSeconds === undefined ? undefined : reason.retryAfterSeconds * 1000,
    };
  return { type: "trouble", trouble: { kind: "failed", reason: problemInWords(reason) } };
}
