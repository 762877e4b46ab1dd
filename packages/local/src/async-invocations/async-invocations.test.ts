import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ResolvedFunction } from "../graph/graph.ts";
import type { InvokeResult, MessageAttributes } from "../service-types.ts";
import { account, functionOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import { type AsyncInvocations, startAsyncInvocations } from "./async-invocations.ts";

const queue = (name: string) => `arn:aws:sqs:${region}:${account}:${name}`;
const mayDeliver = [
  { Effect: "Allow" as const, Action: ["sqs:SendMessage", "sns:Publish", "lambda:InvokeFunction"], Resource: "*" },
];
const ok = (result: unknown): InvokeResult => ({ ok: true, result });
const failed: InvokeResult = { ok: false, error: { errorType: "TypeError", errorMessage: "no", trace: [] } };
const throttled: InvokeResult = {
  ok: false,
  error: { errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." },
  refusal: 429,
};

let temporary: ReturnType<typeof temporaryFolder>;
let running: AsyncInvocations | undefined;
let calls: { event: unknown; requestId: string | undefined }[];
let delivered: { target: string; body: unknown; attributes: MessageAttributes | undefined }[];
const log = keptLog();

beforeEach(() => {
  temporary = temporaryFolder();
  calls = [];
  delivered = [];
});
afterEach(async () => {
  await running?.close();
  temporary.remove();
});

interface Given {
  readonly answer?: (call: number) => InvokeResult | Promise<InvokeResult>;
  readonly config?: object;
  readonly fn?: Partial<ResolvedFunction>;
}

function start({ answer = () => ok(null), config, fn }: Given = {}) {
  const onJob = { ...functionOf("onJob", mayDeliver), ...fn };
  const configs = config ? [{ name: "Config", id: "config", functionName: onJob.physicalName, ...config }] : [];
  running = startAsyncInvocations({
    graph: graphOf({ "aws:lambda:FunctionEventInvokeConfig": configs }, [onJob, functionOf("other")]),
    invoker: {
      async invoke(_, event, requestId) {
        calls.push({ event, requestId });
        return answer(calls.length);
      },
    },
    async deliver(target, body, attributes) {
      delivered.push({ target, body: JSON.parse(body), attributes });
    },
    dataFolder: temporary.folder,
    log,
    delaysMs: [1, 2],
  });
  return running;
}

describe("an asynchronous invocation", () => {
  it("runs the function once, with the given request id", async () => {
    const lambda = start();
    await lambda.invokeAsync("onJob", { n: 1 }, "req-1");
    await lambda.drained();
    expect(calls).toEqual([{ event: { n: 1 }, requestId: "req-1" }]);
  });

  it("is retried twice when the function fails, with the same request id", async () => {
    const lambda = start({ answer: (call) => (call < 3 ? failed : ok("at last")) });
    await lambda.invokeAsync("onJob", {});
    await lambda.drained();
    expect(calls).toHaveLength(3);
    expect(new Set(calls.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it("is retried as often as the function's configuration sets", async () => {
    const lambda = start({ answer: () => failed, config: { maximumRetryAttempts: 0 } });
    await lambda.invokeAsync("onJob", {});
    await lambda.drained();
    expect(calls).toHaveLength(1);
  });

  it("waits for a throttled function without using up its retries", async () => {
    const lambda = start({ answer: (call) => (call < 5 ? throttled : ok(null)), config: { maximumRetryAttempts: 0 } });
    await lambda.invokeAsync("onJob", {});
    await lambda.drained();
    expect(calls).toHaveLength(5);
  });

  it("does not block other functions while one has too many events", async () => {
    const { promise: busy, resolve: release } = Promise.withResolvers<void>();
    const lambda = start({
      answer: async () => {
        const { event } = calls.at(-1) ?? {};
        if (event !== "quick") await busy;
        return ok(null);
      },
    });
    for (let n = 0; n < 50; n += 1) await lambda.invokeAsync("onJob", n);
    await lambda.invokeAsync("other", "quick");
    expect(calls.at(-1)?.event).toBe("quick");
    expect(calls.length).toBeLessThan(50);
    release();
    await lambda.drained();
    expect(calls).toHaveLength(51);
  });

  it("is refused for an unknown function, and for an event over 1 MB", async () => {
    const lambda = start();
    await expect(lambda.invokeAsync("nobody", {})).rejects.toMatchObject({ status: 404 });
    await expect(lambda.invokeAsync("onJob", "x".repeat(1024 * 1024))).rejects.toMatchObject({ status: 413 });
  });
});

describe("destinations", () => {
  it("receive a record of a success", async () => {
    const lambda = start({
      answer: () => ok({ done: true }),
      config: { destinationConfig: { onSuccess: { destination: queue("done") } } },
    });
    await lambda.invokeAsync("onJob", { n: 1 }, "req-1");
    await lambda.drained();
    expect(delivered).toEqual([
      {
        target: queue("done"),
        body: {
          version: "1.0",
          timestamp: expect.any(String),
          requestContext: {
            requestId: "req-1",
            functionArn: `${functionOf("onJob").arn}:$LATEST`,
            condition: "Success",
            approximateInvokeCount: 1,
          },
          requestPayload: { n: 1 },
          responseContext: { statusCode: 200, executedVersion: "$LATEST" },
          responsePayload: { done: true },
        },
        attributes: undefined,
      },
    ]);
  });

  it("receive a record of a failure after the last retry, and a dead-letter queue receives the event", async () => {
    const lambda = start({
      answer: () => failed,
      config: { destinationConfig: { onFailure: { destination: queue("failed") } } },
      fn: { deadLetter: queue("dead") },
    });
    await lambda.invokeAsync("onJob", { n: 1 }, "req-1");
    await lambda.drained();
    expect(delivered).toMatchObject([
      {
        target: queue("failed"),
        body: {
          requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 3 },
          responseContext: { functionError: "Unhandled" },
          responsePayload: { errorType: "TypeError", errorMessage: "no" },
        },
      },
      {
        target: queue("dead"),
        body: { n: 1 },
        attributes: {
          RequestID: { StringValue: "req-1" },
          ErrorCode: { DataType: "Number", StringValue: "200" },
          ErrorMessage: { StringValue: "no" },
        },
      },
    ]);
  });

  it("receive a record of an event that exceeded its maximum age and was not run again", async () => {
    const config = { maximumEventAgeInSeconds: 0, destinationConfig: { onFailure: { destination: queue("failed") } } };
    const lambda = start({ answer: () => throttled, config });
    await lambda.invokeAsync("onJob", {});
    await lambda.drained();
    expect(delivered).toMatchObject([{ body: { requestContext: { condition: "EventAgeExceeded" } } }]);
    expect(delivered[0]?.body).not.toHaveProperty("responsePayload");
  });

  it("are refused when the function's role may not deliver to them", () => {
    expect(() => start({ fn: { deadLetter: queue("dead"), policy: [] } })).toThrow(
      `the role of onJob does not allow sqs:SendMessage on ${queue("dead")}`,
    );
  });

  it("are logged when their kind is not supported", async () => {
    const bus = "arn:aws:events:eu-west-1:000000000000:event-bus/b";
    const lambda = start({ config: { destinationConfig: { onSuccess: { destination: bus } } } });
    await lambda.invokeAsync("onJob", {});
    await lambda.drained();
    expect(log.lines).toContain(`lambda not supported: the destination ${bus} of onJob`);
    expect(delivered).toEqual([]);
  });
});

describe("kill -9", () => {
  it("loses no accepted event", async () => {
    const file = (name: string) => JSON.stringify(path.join(import.meta.dirname, name));
    const program = path.join(temporary.folder, "cloud.ts");
    writeFileSync(
      program,
      `import { startAsyncInvocations } from ${file("async-invocations.ts")};
      import { functionOf, graphOf, keptLog } from ${file("../test-cloud.ts")};
      const lambda = startAsyncInvocations({
        graph: graphOf({}, [functionOf("onJob")]),
        invoker: { invoke: () => new Promise(() => {}) },
        deliver: async () => {},
        dataFolder: ${JSON.stringify(temporary.folder)},
        log: keptLog(),
      });
      for (let n = 0; n < 200; n += 1) {
        await lambda.invokeAsync("onJob", { n });
        process.send?.(n);
      }`,
    );
    const cloud = fork(program, { execArgv: ["--no-warnings"] });
    let acknowledged = -1;
    cloud.on("message", (n) => {
      acknowledged = Number(n);
      if (acknowledged === 100) cloud.kill("SIGKILL");
    });
    await once(cloud, "close");
    const lambda = start();
    await lambda.drained();
    const kept = new Set(calls.map(({ event }) => JSON.stringify(event)));
    for (let n = 0; n <= acknowledged; n += 1) expect(kept).toContain(JSON.stringify({ n }));
    expect(acknowledged).toBeGreaterThanOrEqual(100);
  });
});

describe("a restart", () => {
  it("resumes accepted events and keeps their failure counts", async () => {
    const { promise: never } = Promise.withResolvers<InvokeResult>();
    const first = start({ answer: (call) => (call === 1 ? failed : never) });
    await first.invokeAsync("onJob", { n: 1 }, "req-1");
    await expect.poll(() => calls.length).toBe(2);
    await first.close();
    const second = start({ answer: () => failed });
    await second.drained();
    expect(calls.map(({ requestId }) => requestId)).toEqual(["req-1", "req-1", "req-1", "req-1"]);
  });
});
