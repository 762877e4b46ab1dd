import { GatewayError, NetworkError, ProblemError } from "@daybook/core/contract/failures";
import { type ProblemCode, problems, problemType } from "@daybook/core/contract/problem";
import { describe, expect, it } from "vitest";
import { problemInWords, problemsByField } from "./problem-words.ts";

const refusal = (code: ProblemCode, detail: string, retryAfterSeconds?: number) =>
  new ProblemError({ type: problemType(code), ...problems[code], detail, instance: "request-1" }, retryAfterSeconds);

describe("problemInWords", () => {
  it("returns the API's detail for refusals", () => {
    expect(problemInWords(refusal("inbox-required", "The inbox stays"))).toBe("The inbox stays.");
  });

  it("reports that the server was not reached, also if fetching a token failed", () => {
    expect(problemInWords(new NetworkError("x"))).toContain("We couldn’t reach");
    expect(problemInWords(new TypeError("fetch failed"))).toContain("We couldn’t reach");
  });

  it("does not blame the user for server errors", () => {
    expect(problemInWords(refusal("internal-error", "Stack trace"))).toContain("on our side");
    const cause = new GatewayError(502, "Bad gateway", undefined);
    expect(problemInWords(new NetworkError("x", { cause }))).toContain("on our side");
  });

  it.each([
    [undefined, "Wait a moment"],
    [0, "in 1 second."],
    [40, "in 40 seconds."],
    [90, "in 2 minutes."],
    [3600, "in 60 minutes."],
  ])("says when to retry after %s seconds of rate limiting", (seconds, words) => {
    expect(problemInWords(refusal("too-many-requests", "", seconds))).toContain(words);
    expect(problemInWords(new GatewayError(429, "", undefined, seconds))).toContain(words);
  });
});

it("returns validation errors by field", () => {
  const error = refusal("validation-failed", "");
  const errors = [{ pointer: "/title", detail: "Must not be empty" }];
  expect(problemsByField(new ProblemError({ ...error.problem, errors }))).toEqual({ title: "Must not be empty." });
});
