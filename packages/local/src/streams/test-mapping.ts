/**
 * Shared by the tests of stream mappings: a table, a mapping whose batches go to the test's handler, and the recorded
 * batches, records and reports.
 */

import { afterEach, beforeEach, expect } from "vitest";
import { type Dynamo, startDynamo } from "../dynamodb/dynamodb.ts";
import type { StreamRecord } from "../dynamodb/table-streams.ts";
import { tableResource } from "../dynamodb/test-tables.ts";
import type { Statement } from "../graph/graph.ts";
import type { InvokeResult } from "../service-types.ts";
import { account, callerOf, functionOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import { type StreamMappings, startStreamMappings } from "./streams.ts";

export const developer = callerOf("developer");
export const table = tableResource("todo");
export const streamArn = String(table.streamArn);
export const dlqArn = `arn:aws:sqs:${region}:${account}:dlq`;
export const policy: Statement[] = [
  {
    Effect: "Allow",
    Action: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
    Resource: streamArn,
  },
  { Effect: "Allow", Action: "sqs:SendMessage", Resource: dlqArn },
];

/** Handles one invocation. `keys` are the partition keys of the batch's records. */
export type Handler = (keys: string[], records: StreamRecord[]) => unknown;
export const fail = () => {
  throw new Error("the function failed");
};

/** Return value of a handler for an invocation that does not reach the function. */
export const throttled: InvokeResult = {
  ok: false,
  error: { errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." },
  refusal: 429,
};

export interface Report {
  readonly requestContext: Record<string, unknown>;
  readonly DDBStreamBatchInfo: Record<string, unknown>;
}

export let temporary: ReturnType<typeof temporaryFolder>;
export let dynamo: Dynamo;
export let mappings: StreamMappings | undefined;
export let batches: string[][];
export let records: StreamRecord[];
export let reports: Report[];
export const log = keptLog();
export const graphWith = (inputs: Record<string, unknown>, statements = policy) =>
  graphOf(
    {
      "aws:dynamodb:Table": [table],
      "aws:lambda:EventSourceMapping": [
        { name: "OnTodo", id: "OnTodo", eventSourceArn: streamArn, functionName: functionOf("onTodo").arn, ...inputs },
      ],
    },
    [functionOf("onTodo", statements)],
  );

beforeEach(async () => {
  temporary = temporaryFolder();
  batches = [];
  records = [];
  reports = [];
  dynamo = await startDynamo({
    graph: graphWith({}),
    principals: new Map([developer.entry]),
    dataFolder: temporary.folder,
    log,
  });
});
afterEach(async () => {
  await mappings?.close();
  mappings = undefined;
  await dynamo.close();
  temporary.remove();
});

export const keyOf = (record: StreamRecord) => String(record.dynamodb.Keys.pk?.S);
export const sequenceOf = (batch: StreamRecord[], key: string) =>
  batch.find((record) => keyOf(record) === key)?.dynamodb.SequenceNumber;
/** Returns a partial batch response with the records of these keys. */
export const failed = (batch: StreamRecord[], ...keys: string[]) => ({
  batchItemFailures: keys.map((key) => ({ itemIdentifier: sequenceOf(batch, key) })),
});

export async function start(inputs: Record<string, unknown>, handler: Handler = () => undefined) {
  const invoke = async (_: string, event: unknown): Promise<InvokeResult> => {
    const { Records }: { Records: StreamRecord[] } = JSON.parse(JSON.stringify(event));
    records.push(...Records);
    batches.push(Records.map(keyOf));
    try {
      const result = await handler(Records.map(keyOf), Records);
      return result === throttled ? throttled : { ok: true, result };
    } catch (error) {
      return { ok: false, error: { errorType: "Error", errorMessage: String(error) } };
    }
  };
  const deliver = async (targetArn: string, body: string) => {
    expect(targetArn).toBe(dlqArn);
    reports.push(JSON.parse(body));
  };
  const graph = graphWith(inputs);
  mappings = await startStreamMappings({
    graph,
    dynamo,
    invoker: { invoke },
    deliver,
    dataFolder: temporary.folder,
    log,
  });
  return mappings;
}

/** Writes all items in one transaction, so that their records are read together. */
export const write = (...keys: string[]) =>
  dynamo.engine.call("TransactWriteItems", {
    TransactItems: keys.map((pk) => ({ Put: { TableName: "todo", Item: { pk: { S: pk }, sk: { S: "x" } } } })),
  });
