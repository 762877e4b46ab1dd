import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { operations } from "@daybook/core/api";
import { problemsOf } from "@daybook/core/contract/openapi.refusals";
import type { Operation } from "@daybook/core/contract/operation";
import { type ProblemCode, problemType } from "@daybook/core/contract/problem";

/** Folder to which tests write the problems that operations returned. Set only by `npm test`. */
export const problemsVariable = "DAYBOOK_PROBLEMS";

const lineOf = (id: string, code: ProblemCode) => `${id} ${problemType(code)}`;

/** Problems of requests that reach no operation, such as one whose encoded slash changes its path. */
const ofNoOperation: readonly string[] = (["route-not-found", "method-not-allowed"] as const).map(problemType);

/** Records the problem in a response of an operation, if there is one. */
export function recordProblem(id: string, body: unknown): void {
  const folder = process.env[problemsVariable];
  if (!folder || typeof body !== "object" || body === null || !("type" in body)) return;
  if (ofNoOperation.includes(String(body.type))) return;
  appendFileSync(path.join(folder, `${process.pid}.txt`), `${id} ${body.type}\n`);
}

/**
 * Compares the problems that operations declare with those that they returned.
 * @param returned lines that `recordProblem` wrote
 * @returns problems that an operation returned and does not document, and those that it declares and never returned
 */
export function problemFaults(
  returned: readonly string[],
  all: readonly Operation[] = Object.values(operations),
): string[] {
  const documented = new Set(all.flatMap((each) => problemsOf(each).map((code) => lineOf(each.id, code))));
  const declared = all.flatMap(({ id, problems = [] }) => problems.map((code) => lineOf(id, code)));
  const seen = new Set(returned);
  return [
    ...[...seen].filter((each) => !documented.has(each)).map((each) => `${each} is returned but not declared`),
    ...declared.filter((each) => !seen.has(each)).map((each) => `${each} is declared but no test provokes it`),
  ];
}

/** Returns the faults of a run of all tests that send requests. @param folder folder to which they wrote */
export function problemFaultsOf(folder: string): string[] {
  const lines = readdirSync(folder).flatMap((file) => readFileSync(path.join(folder, file), "utf8").trim().split("\n"));
  return problemFaults(lines);
}
