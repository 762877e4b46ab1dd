import { expect } from "vitest";
import type { ProblemCode } from "./contract/problem.ts";

/** Matches a problem with this code: `await expect(call).rejects.toThrow(problem("list-not-found"))`. */
export const problem = (code: ProblemCode): unknown => expect.objectContaining({ name: "Problem", code });
