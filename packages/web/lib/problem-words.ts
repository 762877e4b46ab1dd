import { GatewayError, NetworkError, ProblemError } from "@daybook/core/contract/client";
import { type ProblemCode, problemType } from "@daybook/core/contract/problem";

/** Whether a call was refused with one of these problems. */
export function isProblem(error: unknown, ...codes: ProblemCode[]): boolean {
  return error instanceof ProblemError && codes.some((code) => error.problem.type === problemType(code));
}

/** What a call failed of: a call that never left says so in its cause. */
export const reasonOf = (error: unknown): unknown =>
  error instanceof NetworkError && error.cause instanceof Error ? reasonOf(error.cause) : error;

const statusOf = (error: unknown): number | undefined =>
  error instanceof ProblemError || error instanceof GatewayError ? error.status : undefined;

/** A failure in words for the person at the screen: the API's own, which are written for clients, or that it could not be reached. */
export function problemInWords(error: unknown): string {
  const reason = reasonOf(error);
  const status = statusOf(reason);
  if (status === undefined) return "Daybook could not be reached. Check your connection and try again.";
  if (status >= 500) return "Something went wrong on our side. Please try again in a moment.";
  if (status === 429) return "That was too often. Please wait a moment and try again.";
  if (reason instanceof ProblemError) return sentence(reason.problem.detail || reason.problem.title);
  return "The server did not accept that. Please try again.";
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What the API says of single members of a request, by the member's name. */
export function problemsByField(error: unknown): Record<string, string> {
  const errors = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  return Object.fromEntries(errors.map(({ pointer, detail }) => [pointer.replace(/^\//, ""), sentence(detail)]));
}

/** Whether the same call may work in a moment. */
export const isPassing = (error: unknown): boolean => (statusOf(reasonOf(error)) ?? 500) >= 500;
