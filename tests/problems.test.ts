import type { Operation } from "@daybook/core/contract/operation";
import { describe, expect, it } from "vitest";
import { problemFaults } from "../scripts/lib/problems.ts";

const operation: Operation = {
  id: "getThing",
  method: "GET",
  path: "/v1/things/{thingId}",
  summary: "Get a thing",
  access: "user",
  response: { status: 200, description: "The thing" },
  cache: "private",
  problems: ["list-not-found", "too-many-requests"],
};
const line = (code: string) => `getThing urn:daybook:problem:${code}`;

describe("the problems of operations", () => {
  it("are complete if tests provoked each declared one", () => {
    expect(problemFaults([line("list-not-found"), line("too-many-requests")], [operation])).toEqual([]);
  });

  it("may include those of the shared stack, which operations do not declare", () => {
    const returned = ["list-not-found", "too-many-requests", "validation-failed", "session-missing"].map(line);
    expect(problemFaults(returned, [operation])).toEqual([]);
  });

  it("name one that was returned and is not declared", () => {
    const returned = ["list-not-found", "too-many-requests", "slug-taken"].map(line);
    expect(problemFaults(returned, [operation])).toEqual([`${line("slug-taken")} is returned but not declared`]);
  });

  it("name one that is declared and was not returned", () => {
    expect(problemFaults([line("list-not-found")], [operation])).toEqual([
      `${line("too-many-requests")} is declared but no test provokes it`,
    ]);
  });
});
