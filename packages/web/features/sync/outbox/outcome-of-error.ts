import { GatewayError, ProblemError } from "@daybook/core/contract/client";
import { isProblem, problemInWords } from "../../../lib/problem-words.ts";
import { reasonOf } from "../../../lib/request-id.ts";
import type { Outcome } from "./send-step.ts";

/** Refusals that pass by themselves: of an expired token, too slow, too often. */
const passing = new Set([401, 408, 425, 429]);

/** What a failed request means for what was to be sent. */
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
