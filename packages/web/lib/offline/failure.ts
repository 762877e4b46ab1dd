import { isProblem, problemInWords, refusalOf } from "../problem-words.ts";

/** What a failed request means for its change. */
export type Failure =
  /** No response. The server may have applied the change. */
  | { readonly type: "silence" }
  /** A temporary refusal. `afterMs` is the delay that the API asks for, if any. */
  | { readonly type: "later"; readonly afterMs?: number | undefined }
  /** The change needs a decision before it can be sent again. */
  | { readonly type: "refused"; readonly reason: string };

/**
 * Status codes of temporary refusals: expired token (401), timeout (408), too early (425), rate limit (429). Example:
 * 429 with `Retry-After: 5` is retried after 5 s or more; 422 needs a decision.
 */
const passing = new Set([401, 408, 425, 429]);

/** Classifies a failed request. Example: a network error is `silence`, 503 is `later`, 422 is `refused`. */
export function failureOf(error: unknown): Failure {
  const refusal = refusalOf(error);
  if (!refusal) return { type: "silence" };
  const { status, retryAfterSeconds } = refusal;
  if (status >= 500 || passing.has(status) || isProblem(refusal, "list-busy", "request-in-flight"))
    return { type: "later", afterMs: retryAfterSeconds && retryAfterSeconds * 1000 };
  return { type: "refused", reason: problemInWords(refusal) };
}
