import { ProblemError } from "@daybook/core/contract/client";
import { type ProblemCode, problemType } from "@daybook/core/contract/problem";

/** Whether a call was refused with this problem. */
export function isProblem(error: unknown, ...codes: ProblemCode[]): boolean {
  return error instanceof ProblemError && codes.some((code) => error.problem.type === problemType(code));
}

/** A failure in words for the person at the screen: the API's own, which are written for clients, or that it could not be reached. */
export function problemInWords(error: unknown): string {
  if (!(error instanceof ProblemError)) return "Daybook could not be reached. Check your connection and try again.";
  if (error.status >= 500) return "Something went wrong on our side. Please try again in a moment.";
  if (isProblem(error, "too-many-requests")) return "That was too often. Please wait a moment and try again.";
  return error.problem.detail || error.problem.title;
}

/** What the API says of single members of a request, by the member's name. */
export function problemsByField(error: unknown): Record<string, string> {
  const errors = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  return Object.fromEntries(errors.map(({ pointer, detail }) => [pointer.replace(/^\//, ""), detail]));
}

/** Whether the same call may work in a moment. */
export const isPassing = (error: unknown): boolean => !(error instanceof ProblemError) || error.status >= 500;
