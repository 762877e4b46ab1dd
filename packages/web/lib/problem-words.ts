import { GatewayError, ProblemError } from "@daybook/core/contract/failures";
import { type ProblemCode, problemType } from "@daybook/core/contract/problem";
import { errors as words } from "../copy/errors.ts";
import { reasonOf } from "./request-id.ts";

/** Whether an error is one of these problems. */
export function isProblem(error: unknown, ...codes: ProblemCode[]): boolean {
  return error instanceof ProblemError && codes.some((code) => error.problem.type === problemType(code));
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof ProblemError || error instanceof GatewayError ? error.status : undefined;

/** Describes an error for the user: the API's own detail for refusals, or a general text for other errors. */
export function problemInWords(error: unknown): string {
  const reason = reasonOf(error);
  const status = statusOf(reason);
  if (status === undefined) return words.unreachable;
  if (status >= 500) return words.ours;
  if (status === 429) return words.tooOften(retryAfterSecondsOf(reason));
  if (reason instanceof ProblemError) return sentence(reason.problem.detail || reason.problem.title);
  return words.refused;
}

const retryAfterSecondsOf = (error: unknown): number | undefined =>
  error instanceof ProblemError || error instanceof GatewayError ? error.retryAfterSeconds : undefined;

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Returns validation errors by the name of the field. */
export function problemsByField(error: unknown): Record<string, string> {
  const errors = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  return Object.fromEntries(errors.map(({ pointer, detail }) => [pointer.replace(/^\//, ""), sentence(detail)]));
}

/** Whether the same call may succeed when retried. */
export const isPassing = (error: unknown): boolean => (statusOf(reasonOf(error)) ?? 500) >= 500;
