import { describe, expect, it } from "vitest";
import type { Statement } from "../graph/graph.ts";
import { functionOf, region } from "../test-cloud.ts";
import { startStreamMappings } from "./streams.ts";
import {
  batches,
  dlqArn,
  dynamo,
  fail,
  failed,
  graphWith,
  log,
  mappings,
  policy,
  records,
  reports,
  start,
  streamArn,
  temporary,
  write,
} from "./test-mapping.ts";

describe("stream event source mapping", () => {
  it("delivers records in Lambda's event format", async () => {
    const running = await start({});
    await write("a");
    await running.drained();
    expect(records).toEqual([
      {
        eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventName: "INSERT",
        eventVersion: "1.1",
        eventSource: "aws:dynamodb",
        awsRegion: region,
        eventSourceARN: streamArn,
        dynamodb: {
          ApproximateCreationDateTime: expect.any(Number),
          Keys: { pk: { S: "a" }, sk: { S: "x" } },
          NewImage: { pk: { S: "a" }, sk: { S: "x" } },
          SequenceNumber: expect.any(String),
          SizeBytes: expect.any(Number),
          StreamViewType: "NEW_AND_OLD_IMAGES",
        },
      },
    ]);
  });

  it("keeps the order of records and the batch size", async () => {
    await write("a", "b", "c", "d", "e");
    const running = await start({ batchSize: 2 });
    await running.drained();
    expect(batches).toEqual([["a", "b"], ["c", "d"], ["e"]]);
  });

  it("limits the payload of an invocation in bytes, not in characters", async () => {
    const long = { S: "\u20ac".repeat(120_000) };
    const keys = Array.from({ length: 20 }, (_, i) => `item-${String(i).padStart(2, "0")}`);
    await Promise.all(
      keys.map((pk) =>
        dynamo.engine.call("PutItem", { TableName: "todo", Item: { pk: { S: pk }, sk: { S: "x" }, long } }),
      ),
    );
    const payloads: number[] = [];
    const running = await start({ batchSize: 100 }, (_, batch) => {
      payloads.push(Buffer.byteLength(JSON.stringify({ Records: batch })));
    });
    await running.drained();
    expect(batches.flat().sort()).toEqual(keys);
    expect(Math.max(...payloads)).toBeLessThan(6_000_000);
  });

  it("skips records that match no filter, and saves the checkpoint behind them", async () => {
    const filterCriteria = { filters: [{ pattern: { dynamodb: { Keys: { pk: { S: [{ prefix: "user" }] } } } } }] };
    const running = await start({ filterCriteria });
    await write("user-1", "list-1", "user-2");
    await running.drained();
    await running.close();
    const again = await start({});
    await again.drained();
    expect(batches.flat()).toEqual(["user-1", "user-2"]);
  });

  it("starts at the end of the stream with LATEST, and keeps that position after a restart", async () => {
    await write("before");
    await (await start({ startingPosition: "LATEST" })).close();
    await write("between");
    const running = await start({ startingPosition: "LATEST" });
    await write("after");
    await running.drained();
    expect(batches.flat()).toEqual(["between", "after"]);
  });

  it("continues at its checkpoint after a restart, and redelivers the interrupted batch", async () => {
    await write("a", "b");
    const first = await start({ batchSize: 1 });
    await first.drained();
    await first.close();
    await write("c");
    const cut = await start({}, () => mappings?.close());
    await cut.drained();
    const last = await start({});
    await last.drained();
    expect(batches).toEqual([["a"], ["b"], ["c"], ["c"]]);
  });
});

describe("stream event source mapping: failures", () => {
  it("retries a batch until the function succeeds", async () => {
    await write("a", "b");
    let calls = 0;
    const running = await start({}, () => (++calls < 3 ? fail() : undefined));
    await running.drained();
    expect(batches).toEqual([
      ["a", "b"],
      ["a", "b"],
      ["a", "b"],
    ]);
  });

  it("gives up after the retries, reports the records' position to the destination, and continues", async () => {
    await write("bad", "good");
    const inputs = {
      batchSize: 1,
      maximumRetryAttempts: 1,
      destinationConfig: { onFailure: { destinationArn: dlqArn } },
    };
    const running = await start(inputs, ([key]) => (key === "bad" ? fail() : undefined));
    await running.drained();
    expect(batches).toEqual([["bad"], ["bad"], ["good"]]);
    expect(reports).toMatchObject([
      {
        requestContext: {
          functionArn: functionOf("onTodo").arn,
          condition: "RetryAttemptsExhausted",
          approximateInvokeCount: 2,
        },
        version: "1.0",
        DDBStreamBatchInfo: {
          startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
          endSequenceNumber: records[0]?.dynamodb.SequenceNumber,
          batchSize: 1,
          streamArn,
        },
      },
    ]);
  });

  it("continues at the lowest failed record of a partial batch response", async () => {
    await write("a", "b", "c", "d");
    const inputs = { functionResponseTypes: ["ReportBatchItemFailures"] };
    const running = await start(inputs, (_, batch) =>
      batches.length === 1 ? failed(batch, "d", "b") : { batchItemFailures: [] },
    );
    await running.drained();
    expect(batches).toEqual([
      ["a", "b", "c", "d"],
      ["b", "c", "d"],
    ]);
  });

  it("treats an unknown identifier as failure of the whole batch, and a missing list as success", async () => {
    await write("a", "b");
    const answers: unknown[] = [
      { batchItemFailures: [{ itemIdentifier: "nonsense" }] },
      { batchItemFailures: [{}] },
      null,
    ];
    const running = await start(
      { functionResponseTypes: ["ReportBatchItemFailures"] },
      () => answers[batches.length - 1],
    );
    await running.drained();
    expect(batches).toHaveLength(3);
  });

  it("ignores a partial batch response unless the mapping enables it", async () => {
    await write("a", "b");
    const running = await start({}, (_, batch) => failed(batch, "a"));
    await running.drained();
    expect(batches).toEqual([["a", "b"]]);
  });

  it("bisects a failing batch and gives up only the bad record", async () => {
    await write("a", "b", "bad", "d");
    const inputs = {
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 1,
      destinationConfig: { onFailure: { destinationArn: dlqArn } },
    };
    const running = await start(inputs, (keys) => (keys.includes("bad") ? fail() : undefined));
    await running.drained();
    expect(batches).toEqual([["a", "b", "bad", "d"], ["a", "b"], ["bad", "d"], ["bad"], ["bad"], ["d"]]);
    expect(reports.map((report) => report.DDBStreamBatchInfo.batchSize)).toEqual([1]);
  });

  it("isolates a record that is always reported as failed when bisecting is enabled", async () => {
    await write("a", "bad", "c", "d");
    const inputs = {
      functionResponseTypes: ["ReportBatchItemFailures"],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 0,
    };
    const running = await start(inputs, (keys, batch) => (keys.includes("bad") ? failed(batch, "bad") : undefined));
    await running.drained();
    expect(batches).toEqual([["a", "bad", "c", "d"], ["bad", "c"], ["bad"], ["c"], ["d"]]);
  });

  it("gives up records that are too old without invoking the function", async () => {
    await write("old");
    const inputs = { maximumRecordAgeInSeconds: 0, destinationConfig: { onFailure: { destinationArn: dlqArn } } };
    const running = await start(inputs);
    await running.drained();
    expect(batches).toEqual([]);
    expect(reports[0]?.requestContext.condition).toBe("RecordAgeExceeded");
  });
});

describe("stream event source mapping: batching window and permissions", () => {
  it("waits for a full batch within the batching window", async () => {
    const running = await start({ batchSize: 2, maximumBatchingWindowInSeconds: 60 });
    const put = (pk: string) =>
      dynamo.engine.call("PutItem", { TableName: "todo", Item: { pk: { S: pk }, sk: { S: "x" } } });
    await put("a");
    const drained = running.drained();
    await put("b");
    await drained;
    expect(batches).toEqual([["a", "b"]]);
  });

  it("throws when the function's role may not read the stream or send to the destination", async () => {
    const launch = (statements: Statement[], destinationArn = dlqArn) =>
      startStreamMappings({
        graph: graphWith({ destinationConfig: { onFailure: { destinationArn } } }, statements),
        dynamo,
        invoker: { invoke: async () => ({ ok: true, result: null }) },
        deliver: async () => {},
        dataFolder: temporary.folder,
        log,
      });
    await expect(launch([])).rejects.toThrow(/role of onTodo does not allow dynamodb:DescribeStream/);
    await expect(launch(policy.slice(0, 1))).rejects.toThrow(`does not allow sqs:SendMessage on ${dlqArn}`);
    const topicArn = dlqArn.replace(":sqs:", ":sns:");
    await expect(launch(policy, topicArn)).rejects.toThrow(`does not allow sns:Publish on ${topicArn}`);
    const { arn } = functionOf("onFailure");
    await expect(launch(policy, arn)).rejects.toThrow("an on-failure destination must be a queue or a topic");
  });
});
