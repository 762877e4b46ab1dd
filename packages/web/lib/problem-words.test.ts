import { GatewayError, NetworkError, ProblemError } from "@daybook/core/contract/client";
import { type ProblemCode, problems, problemType } from "@daybook/core/contract/problem";
import { describe, expect, it } from "vitest";
import { isPassing, problemInWords, problemsByField } from "./problem-words.ts";

const refusal = (code: ProblemCode, detail: string, retryAfterSeconds?: number) =>
  new ProblemError({ type: problemType(code), ...problems[code], detail, instance: "request-1" }, retryAfterSeconds);

describe("a failure in words", () => {
  it("is the API's own where it speaks to the person", () => {
    expect(problemInWords(refusal("inbox-required", "The inbox stays"))).toBe("The inbox stays.");
  });

  it("says that nothing was reached, also where the call broke off on its way to a token", () => {
    expect(problemInWords(new NetworkError("x"))).toContain("could not be reached");
    expect(problemInWords(new TypeError("fetch failed"))).toContain("could not be reached");
  });

  it("does not blame the person for what failed on our side", () => {
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
  ])("tells whoever was too fast when to try again: after %s seconds", (seconds, words) => {
    expect(problemInWords(refusal("too-many-requests", "", seconds))).toContain(words);
    expect(problemInWords(new GatewayError(429, "", undefined, seconds))).toContain(words);
  });
});

it("names the fields that the API refuses", () => {
  const error = refusal("validation-failed", "");
  const errors = [{ pointer: "/title", detail: "Must not be empty" }];
  expect(problemsByField(new ProblemError({ ...error.problem, errors }))).toEqual({ title: "Must not be empty." });
});

it("tells what may pass from what will not", () => {
  expect(isPassing(new NetworkError("x"))).toBe(true);
  expect(isPassing(refusal("temporarily-unavailable", ""))).toBe(true);
  expect(isPassing(refusal("todo-not-found", ""))).toBe(false);
});
