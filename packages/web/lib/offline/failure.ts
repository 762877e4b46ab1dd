import { GatewayError, ProblemError } from "@daybook/core/contract/failures";
import { isProblem, problemInWords } from "../problem-words.ts";
import { reasonOf } from "../request-id.ts";

/** What a failed request means for its change. */
export type Failure =
  /** No response. The server may have applied the change. */
  | { readonly type: "silence" }
  /** A temporary refusal. */
  | { readonly type: "later"; readonly afterMs: number | undefined }
  /** The change needs a decision before it can be sent again. */
  | { readonly type: "refused"; readonly reason: string };

/**
 * Status codes of temporary refusals: expired token (401), timeout (408), too early (425), rate limit (429). Example:
 * 429 with `Retry-After: 5` is retried after 5 s or more; 422 needs a decision.
 */
const passing = new Set([401, 408, 425, 429]);

/** Classifies a failed request. Example: a network error is `silence`, 503 is `later`, 422 is `refused`. */
export function failureOf(error: unknown): Failure {
  const reason = reasonOf(error);
  if (!(reason instanceof ProblemError || reason instanceof GatewayError)) return { type: "silence" };
  const { status, retryAfterSeconds } = reason;
  if (status >= 500 || passing.has(status) || isProblem(reason, "list-busy", "request-in-flight"))
    return { type: "later", afterMs: retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1000 };
  return { type: "refused", reason: problemInWords(reason) };
}
