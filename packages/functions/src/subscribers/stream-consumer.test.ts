import type { DynamoDBRecord } from "aws-lambda";
import { beforeEach, describe, expect, it } from "vitest";
import { captureLog, contextOf } from "../test-api.ts";

const lines = captureLog();
const { consumeStream } = await import("./stream-consumer.ts");
beforeEach(() => {
  lines.length = 0;
});

const record = (number: string): DynamoDBRecord => ({ eventName: "INSERT", dynamodb: { SequenceNumber: number } });
const batch = { Records: ["1", "2", "3"].map(record) };

/** Returns a consumer that fails for these sequence numbers, and the numbers that it received. */
function consumerFailingAt(...failing: string[]) {
  const seen: string[] = [];
  const handler = consumeStream("test", async ({ dynamodb }) => {
    const number = dynamodb?.SequenceNumber ?? "";
    seen.push(number);
    if (failing.includes(number)) throw new Error(`Failed at ${number}`);
    return "done";
  });
  return { seen, handler };
}

describe("a stream consumer", () => {
  it("processes records in order and logs one line", async () => {
    const { seen, handler } = consumerFailingAt();
    expect(await handler(batch, contextOf())).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual(["1", "2", "3"]);
    expect(lines).toEqual([expect.objectContaining({ subscriber: "test", records: 3, outcomes: { done: 3 } })]);
  });

  it("reports the first failed record and does not process later ones", async () => {
    const { seen, handler } = consumerFailingAt("2");
    expect(await handler(batch, contextOf())).toEqual({ batchItemFailures: [{ itemIdentifier: "2" }] });
    expect(seen).toEqual(["1", "2"]);
    expect(lines).toEqual([
      expect.objectContaining({
        level: "ERROR",
        failedAt: "2",
        error: expect.objectContaining({ message: "Failed at 2" }),
      }),
    ]);
  });

  it("reports the first of several concurrent failures", async () => {
    const Records = ["1", "2", "3", "4", "5"].map(record);
    const seen: string[] = [];
    const together: number[] = [];
    const waiting = new Map<string, () => void>();
    const handler = consumeStream(
      "test",
      async ({ dynamodb }) => {
        const number = dynamodb?.SequenceNumber ?? "";
        seen.push(number);
        // The second record fails after the third.
        if (number === "2") await new Promise<void>((resolve) => waiting.set(number, resolve));
        if (number === "3") queueMicrotask(() => waiting.get("2")?.());
        if (number === "2" || number === "3") throw new Error(`Failed at ${number}`);
        return "done";
      },
      {
        recordsAtOnce: 3,
        async processTogether(records) {
          together.push(records.length);
          return [];
        },
      },
    );
    expect(await handler({ Records }, contextOf())).toEqual({ batchItemFailures: [{ itemIdentifier: "2" }] });
    expect(seen).toEqual(["1", "2", "3"]);
    expect(together).toEqual([1]);
  });

  it("passes the processed records to a second step and repeats the whole batch when that fails", async () => {
    const together: unknown[][] = [];
    const handlerOf = (failsTogether: boolean) =>
      consumeStream(
        "test",
        async ({ dynamodb }) => {
          if (dynamodb?.SequenceNumber === "3") throw new Error("Failed alone");
          return "done";
        },
        {
          async processTogether(records) {
            together.push(records.map(({ dynamodb }) => dynamodb?.SequenceNumber));
            if (failsTogether) throw new Error("Failed together");
            return ["counted"];
          },
        },
      );
    expect(await handlerOf(false)(batch, contextOf())).toEqual({ batchItemFailures: [{ itemIdentifier: "3" }] });
    expect(await handlerOf(true)(batch, contextOf())).toEqual({ batchItemFailures: [{ itemIdentifier: "1" }] });
    expect(together).toEqual([
      ["1", "2"],
      ["1", "2"],
    ]);
    expect(lines[0]).toMatchObject({ outcomes: { done: 2, counted: 1 } });
  });
});
