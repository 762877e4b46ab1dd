import { describe, expect, it } from "vitest";
import { failed, graph, lambda, log, ok, start } from "../test-functions.ts";

const throttled = (reason: string) => ({
  ok: false,
  error: { errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." },
  refusal: 429,
  reason,
});
const reservedLimit = throttled("ReservedFunctionConcurrentInvocationLimitExceeded");

describe("instances", () => {
  it("are reused when idle and keep the module's state", async () => {
    const first = await lambda.invoke("where", {});
    expect(first).toEqual(ok({ thread: expect.any(Number), calls: 1 }));
    expect(await lambda.invoke("where", {})).toEqual(ok({ ...("result" in first && Object(first.result)), calls: 2 }));
    expect(lambda.instancesOf("where")).toBe(1);
  });

  it("handle one event at a time; concurrent events start more instances", async () => {
    const threads = await Promise.all([1, 2, 3].map(() => lambda.invoke("slowly", { ms: 30 })));
    expect(new Set(threads.map((each) => each.ok && each.result)).size).toBe(3);
  });

  it("are limited by the reserved concurrency; an event beyond it is throttled with the reason", async () => {
    const threads = [1, 2].map(() => lambda.invoke("reserved", { ms: 50 }));
    await expect.poll(() => lambda.instancesOf("reserved")).toBe(2);
    expect(await lambda.invoke("reserved", { ms: 0 })).toEqual(reservedLimit);
    expect((await Promise.all(threads)).every(({ ok }) => ok)).toBe(true);
    expect(await lambda.invoke("reserved", { ms: 0 })).toMatchObject({ ok: true });
    expect(await lambda.invoke("closed", {})).toEqual(reservedLimit);
  });

  it("are limited by the machine without a reservation; further events wait", async () => {
    const small = await start({ maxConcurrency: 2 });
    const threads = await Promise.all([1, 2, 3, 4, 5].map(() => small.invoke("slowly", { ms: 20 })));
    expect(new Set(threads.map((each) => each.ok && each.result)).size).toBe(2);
    await small.close();
  });

  it("share the account's concurrency; an event of any function beyond it is throttled until one ends", async () => {
    const functions = graph.functions.filter(({ concurrency }) => concurrency === undefined);
    const capped = await start({ graph: { ...graph, functions }, accountConcurrency: 2 });
    const busy = ["never", "slowly"].map((name) => capped.invoke(name, { ms: 60_000 }));
    expect(await capped.invoke("echo", 1)).toEqual(throttled("ConcurrentInvocationLimitExceeded"));
    // The first invocation times out.
    await busy[0];
    expect(await capped.invoke("echo", 1)).toEqual(ok(1));
    await capped.close();
  });

  it("end when they were idle for too long, or when others need the memory", async () => {
    const brief = await start({ idleMs: 20 });
    await brief.invoke("echo", 1);
    await expect.poll(() => brief.instancesOf("echo")).toBe(0);
    await brief.close();
    const small = await start({ maxInstances: 1 });
    await small.invoke("echo", 1);
    await small.invoke("where", 1);
    expect([small.instancesOf("echo"), small.instancesOf("where")]).toEqual([0, 1]);
    await small.close();
  });

  it("end with the emulator, after responding to events in flight", async () => {
    const own = await start();
    const inFlight = own.invoke("slowly", { ms: 60_000 });
    await expect.poll(() => own.instancesOf("slowly")).toBe(1);
    await own.close();
    expect(await inFlight).toEqual(failed({ errorType: "Runtime.ExitError" }));
    expect(await own.invoke("slowly", {})).toMatchObject({ error: { errorType: "ServiceException" }, refusal: 500 });
    await own.close();
  });
});

describe("a function's output", () => {
  it("is logged in order, with the function and the request id, and structured lines are shortened", async () => {
    await lambda.invoke("logs", {}, "req-4");
    expect(log.lines.filter(({ source, message }) => source === "logs" && !message.startsWith("cold start"))).toEqual([
      { level: "info", source: "logs", message: "plain", requestId: "req-4" },
      { level: "error", source: "logs", message: "bad", requestId: "req-4" },
      { level: "warn", source: "logs", message: "todo is late todoId=tod_1", requestId: "req-9" },
    ]);
  });

  it("is followed by the error that the handler threw", async () => {
    await lambda.invoke("fails", {}, "req-5");
    expect(log.lines.findLast(({ requestId }) => requestId === "req-5")).toMatchObject({
      level: "error",
      source: "fails",
      message: expect.stringContaining("TypeError: not what I expected\n    at "),
    });
  });
});
