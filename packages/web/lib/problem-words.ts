import { GatewayError, ProblemError } from "@daybook/core/contract/failures";
import { type ProblemCode, problemType } from "@daybook/core/contract/problem";
import { errors as words } from "../copy/errors.ts";
import { reasonOf } from "./request-id.ts";

/** Whether an error is one of these problems. */
export function isProblem(error: unknown, ...codes: ProblemCode[]): boolean {
  return error instanceof ProblemError && codes.some((code) => error.problem.type === problemType(code));
}

/**
 * Returns a handler for `catch` that turns these problems into undefined and rethrows all other errors. Example: a
 * deletion that ignores `todo-not-found` is idempotent.
 */
export const unless =
  (...codes: ProblemCode[]) =>
  (error: unknown): undefined => {
    if (!isProblem(error, ...codes)) throw error;
    return undefined;
  };

/** Returns the refusal of the API that caused an error; undefined if there was no response. */
export function refusalOf(error: unknown): ProblemError | GatewayError | undefined {
  const reason = reasonOf(error);
  return reason instanceof ProblemError || reason instanceof GatewayError ? reason : undefined;
}

/** Describes an error for the user: the API's own detail for refusals, or a general text for other errors. */
export function problemInWords(error: unknown): string {
  const refusal = refusalOf(error);
  if (!refusal) return words.unreachable;
  if (refusal.status >= 500) return words.ours;
  if (refusal.status === 429) return words.tooOften(refusal.retryAfterSeconds);
  if (refusal instanceof ProblemError) return sentence(refusal.problem.detail || refusal.problem.title);
  return words.refused;
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Returns validation errors by the name of the field. */
export function problemsByField(error: unknown): Record<string, string> {
  const errors = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  return Object.fromEntries(errors.map(({ pointer, detail }) => [pointer.replace(/^\//, ""), sentence(detail)]));
}
