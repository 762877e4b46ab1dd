import { describe, expect, it } from "vitest";
import { problem } from "../test-problem.ts";

import { mapDynamoDBError, retryTransactionConflicts } from "./dynamodb-errors.ts";

const named = (name: string, more: object = {}) => Object.assign(new Error(name), { name, ...more });
const cancelled = (...codes: string[]) =>
  named("TransactionCanceledException", { CancellationReasons: codes.map((Code) => ({ Code })) });

describe("mapDynamoDBError", () => {
  it.each([
    named("ProvisionedThroughputExceededException"),
    named("ThrottlingException"),
    named("InternalServerError"),
    named("TransactionConflictException"),
    named("TimeoutError"),
    named("Error", { code: "ECONNRESET" }),
    cancelled("None", "TransactionConflict", "None"),
    cancelled("ThrottlingError"),
  ])("maps %s to temporarily-unavailable and keeps the cause", (error) => {
    const explanation = mapDynamoDBError(error);
    expect(explanation).toMatchObject({ code: "temporarily-unavailable" });
    expect(explanation).toMatchObject({ cause: error });
  });

  it.each([
    named("ConditionalCheckFailedException"),
    named("ValidationException"),
    named("AccessDeniedException"),
    cancelled("ConditionalCheckFailed", "TransactionConflict"),
  ])("returns %s unchanged", (error) => expect(mapDynamoDBError(error)).toBe(error));
});

describe("retryTransactionConflicts", () => {
  it("retries a write that conflicted with a transaction", async () => {
    let calls = 0;
    const result = await retryTransactionConflicts(async () => {
      calls += 1;
      if (calls < 3) throw mapDynamoDBError(cancelled("TransactionConflict"));
      return "written";
    });
    expect([result, calls]).toEqual(["written", 3]);
  });

  it("gives up after the last attempt", async () => {
    let calls = 0;
    const write = () => {
      calls += 1;
      return Promise.reject(mapDynamoDBError(named("TransactionConflictException")));
    };
    await expect(retryTransactionConflicts(write, 3)).rejects.toThrow(problem("temporarily-unavailable"));
    expect(calls).toBe(3);
  });

  it("does not retry other errors", async () => {
    let calls = 0;
    const write = () => {
      calls += 1;
      return Promise.reject(named("ConditionalCheckFailedException"));
    };
    await expect(retryTransactionConflicts(write)).rejects.toThrow("ConditionalCheckFailedException");
    expect(calls).toBe(1);
  });
});
