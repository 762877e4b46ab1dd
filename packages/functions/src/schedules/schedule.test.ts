import { beforeEach, describe, expect, it } from "vitest";
import { captureLog, contextOf } from "../test-api.ts";

const lines = captureLog();
const { schedule } = await import("./schedule.ts");
beforeEach(() => {
  lines.length = 0;
});

describe("a scheduled job", () => {
  it("logs one line with what it did", async () => {
    const handler = schedule("test", async () => ({ published: 2 }));
    await handler({}, contextOf());
    await handler({}, contextOf());
    const line = { level: "INFO", message: "schedule", requestId: "lambda-request", schedule: "test", published: 2 };
    expect(lines).toEqual([
      expect.objectContaining({ ...line, coldStart: true, durationMs: expect.any(Number) }),
      expect.objectContaining({ ...line, coldStart: false }),
    ]);
  });

  it("fails after a failed task and logs the errors", async () => {
    const handler = schedule("test", async () => ({ published: 1, failures: [new Error("Late"), new Error("Lost")] }));
    await expect(handler({}, contextOf())).rejects.toThrow("2 of the schedule's tasks failed");
    const errors = ["Late", "Lost"].map((message) => expect.objectContaining({ message }));
    expect(lines).toEqual([expect.objectContaining({ level: "ERROR", published: 1, errors })]);
  });

  it("logs an error that ends the job", async () => {
    const handler = schedule("test", () => Promise.reject(new Error("Broken")));
    await expect(handler({}, contextOf())).rejects.toThrow("Broken");
    const error = expect.objectContaining({ message: "Broken" });
    expect(lines).toEqual([expect.objectContaining({ level: "ERROR", schedule: "test", error })]);
  });

  it("tells whether there is time for another step", async () => {
    const times: boolean[] = [];
    const handler = schedule("test", async (hasTime) => {
      times.push(hasTime());
      return {};
    });
    for (const remainingMilliseconds of [60_000, 10_000]) await handler({}, contextOf({ remainingMilliseconds }));
    expect(times).toEqual([true, false]);
  });
});
