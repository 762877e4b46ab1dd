import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ResolvedFunction, Statement } from "../graph/graph.ts";
import { type Queues, startQueues } from "../queues/queues.ts";
import type { Emulator, InvokeResult } from "../service-types.ts";
import { account, functionOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import { startQueueMappings } from "./queue-mappings.ts";

const arnOf = (name: string) => `arn:aws:sqs:${region}:${account}:${name}`;
const policy: Statement[] = [
  {
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    Resource: arnOf("jobs"),
  },
];

interface Message {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

let temporary: ReturnType<typeof temporaryFolder>;
let queues: Queues;
let mappings: Emulator | undefined;
let received: Message[];
const log = keptLog();

const graphWith = (mapping: object, fn: ResolvedFunction, visibilityTimeoutSeconds = 1) =>
  graphOf(
    {
      "aws:sqs:Queue": [
        { name: "dlq", id: "dlq", arn: arnOf("dlq") },
        {
          name: "jobs",
          id: "jobs",
          arn: arnOf("jobs"),
          visibilityTimeoutSeconds,
          redrivePolicy: { deadLetterTargetArn: arnOf("dlq"), maxReceiveCount: 1 },
        },
      ],
      "aws:lambda:EventSourceMapping": [
        { name: "OnJob", id: "OnJob", eventSourceArn: arnOf("jobs"), functionName: fn.arn, ...mapping },
      ],
    },
    [fn],
  );

beforeEach(() => {
  temporary = temporaryFolder();
  received = [];
});
afterEach(async () => {
  await mappings?.close();
  await queues.close();
  temporary.remove();
});

const throttled: InvokeResult = {
  ok: false,
  error: { errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." },
  refusal: 429,
};

async function start(
  mapping: object,
  handler: (messages: Message[]) => unknown = () => undefined,
  visibilityTimeoutSeconds = 1,
) {
  const graph = graphWith(mapping, { ...functionOf("onJob", policy), timeout: 1 }, visibilityTimeoutSeconds);
  const invoke = async (_: string, event: unknown): Promise<InvokeResult> => {
    const { Records }: { Records: Message[] } = JSON.parse(JSON.stringify(event));
    received.push(...Records);
    try {
      const result = await handler(Records);
      return result === throttled ? throttled : { ok: true, result };
    } catch (error) {
      return { ok: false, error: { errorType: "Error", errorMessage: String(error) } };
    }
  };
  queues = await startQueues({ graph, principals: new Map(), dataFolder: temporary.folder, log });
  mappings = await startQueueMappings({ graph, queues, invoker: { invoke }, log });
}
const bodies = () => received.map((message) => message.body);
const left = () => queues.peek(arnOf("jobs"));

describe("queue event source mapping", () => {
  it("delivers messages in Lambda's event format, and deletes those that the function has processed", async () => {
    await start({ batchSize: 5 });
    await queues.send(arnOf("jobs"), "one");
    await vi.waitUntil(() => received.length === 1 && left().length === 0, { timeout: 5000 });
    expect(received[0]).toEqual({
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      body: "one",
      attributes: expect.objectContaining({
        ApproximateReceiveCount: "1",
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
      }),
      messageAttributes: {},
      md5OfBody: expect.any(String),
      eventSource: "aws:sqs",
      eventSourceARN: arnOf("jobs"),
      awsRegion: region,
    });
  });

  it("redelivers failed messages until they move to the dead-letter queue", async () => {
    await start({}, () => {
      throw new Error("the function failed");
    });
    await queues.send(arnOf("jobs"), "bad");
    await vi.waitUntil(() => queues.peek(arnOf("dlq")).length === 1, { timeout: 5000 });
    expect(queues.peek(arnOf("dlq"))).toEqual(["bad"]);
  });

  it("keeps only the messages in a partial batch response", async () => {
    await start({ functionResponseTypes: ["ReportBatchItemFailures"] }, (messages) => ({
      batchItemFailures: messages
        .filter(({ body }) => body === "bad")
        .map(({ messageId }) => ({ itemIdentifier: messageId })),
    }));
    for (const body of ["good", "bad"]) await queues.send(arnOf("jobs"), body);
    await vi.waitUntil(() => queues.peek(arnOf("dlq")).length === 1, { timeout: 5000 });
    expect(queues.peek(arnOf("dlq"))).toEqual(["bad"]);
    expect(left()).toEqual([]);
  });

  it("deletes messages that match no filter without invoking the function", async () => {
    await start({ filterCriteria: { filters: [{ pattern: { body: { type: ["wanted"] } } }] } });
    for (const type of ["unwanted", "wanted"]) await queues.send(arnOf("jobs"), JSON.stringify({ type }));
    await vi.waitUntil(() => left().length === 0 && received.length === 1, { timeout: 5000 });
    expect(bodies()).toEqual(['{"type":"wanted"}']);
  });

  it("limits concurrent batches to its maximum concurrency", async () => {
    let underWay = 0;
    let most = 0;
    await start({ batchSize: 1, scalingConfig: { maximumConcurrency: 2 } }, async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 20));
      underWay -= 1;
    });
    for (let i = 0; i < 8; i += 1) await queues.send(arnOf("jobs"), String(i));
    await vi.waitUntil(() => received.length === 8 && left().length === 0, { timeout: 5000 });
    expect(most).toBe(2);
  });

  it("retries a throttled function within the visibility timeout, without another receive", async () => {
    let calls = 0;
    await start({}, () => {
      calls += 1;
      return calls < 3 ? throttled : null;
    });
    await queues.send(arnOf("jobs"), "patient");
    await vi.waitUntil(() => left().length === 0 && calls === 3, { timeout: 5000 });
    expect(received.map(({ attributes }) => attributes.ApproximateReceiveCount)).toEqual(["1", "1", "1"]);
    expect(queues.peek(arnOf("dlq"))).toEqual([]);
  });

  it("gathers a batch of more than ten within its batching window", async () => {
    const sizes: number[] = [];
    await start(
      { batchSize: 100, maximumBatchingWindowInSeconds: 1, scalingConfig: { maximumConcurrency: 2 } },
      (messages) => {
        sizes.push(messages.length);
      },
      5,
    );
    // Two batches may share them.
    for (let i = 0; i < 40; i += 1) await queues.send(arnOf("jobs"), String(i));
    await vi.waitUntil(() => left().length === 0, { timeout: 8000 });
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(40);
    expect(Math.max(...sizes)).toBeGreaterThan(10);
  });

  it("throws as AWS does: for its role, its timeouts, a large batch without a window, its concurrency", async () => {
    await start({});
    const launch = (fn: ResolvedFunction, mapping = {}) => {
      const graph = graphWith(mapping, fn);
      return startQueueMappings({ graph, queues, invoker: { invoke: async () => ({ ok: true, result: null }) }, log });
    };
    await expect(launch({ ...functionOf("onJob"), timeout: 1 })).rejects.toThrow("does not allow sqs:ReceiveMessage");
    await expect(launch({ ...functionOf("onJob", policy), timeout: 30 })).rejects.toThrow(
      "visibility timeout, 1 s, is less than",
    );
    await expect(launch({ ...functionOf("onJob", policy), timeout: 1 }, { batchSize: 100 })).rejects.toThrow(
      "a batch of 100 needs a batching window of at least one second",
    );
    const alone = { scalingConfig: { maximumConcurrency: 1 } };
    await expect(launch({ ...functionOf("onJob", policy), timeout: 1 }, alone)).rejects.toThrow(
      "the maximum concurrency, 1, is not between 2 and 1000",
    );
  });
});
