import { GatewayError, NetworkError, ProblemError } from "@daybook/core/contract/failures";
import { type ProblemCode, problems, problemType } from "@daybook/core/contract/problem";
import { expect, it } from "vitest";
import { failureOf } from "./failure.ts";

const refusal = (code: ProblemCode, retryAfterSeconds?: number) =>
  new ProblemError(
    { type: problemType(code), ...problems[code], detail: "", instance: "request-1" },
    retryAfterSeconds,
  );

it("distinguishes transient errors from permanent ones", () => {
  expect(failureOf(new NetworkError("x"))).toEqual({ type: "silence" });
  expect(failureOf(refusal("temporarily-unavailable"))).toMatchObject({ type: "later" });
  expect(failureOf(refusal("request-in-flight"))).toMatchObject({ type: "later" });
  expect(failureOf(refusal("todo-not-found"))).toMatchObject({ type: "refused" });
});

it("returns the delay that the API asks for", () => {
  expect(failureOf(refusal("too-many-requests", 5))).toEqual({ type: "later", afterMs: 5000 });
  expect(failureOf(new GatewayError(503, "", undefined))).toEqual({ type: "later", afterMs: undefined });
});
