import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { StreamRecord } from "../dynamodb/table-streams.ts";
import { type Deliver, type InvokeResult, type Invoker, isUnreached, type Log } from "../service-types.ts";
import { backOffMs, inTime, invokeBatch, reportedFailures } from "./batch.ts";
import type { Mapping } from "./event-source-mapping.ts";

export interface DeliveryOptions {
  readonly mapping: Mapping;
  readonly shardId: string;
  readonly invoker: Invoker;
  /** Sends a message to the on-failure destination. */
  readonly tell: Deliver;
  readonly log: Log;
  /** Aborts all back-off. */
  readonly signal: AbortSignal;
}

type Batch = readonly [StreamRecord, ...StreamRecord[]];
type Condition = "RetryAttemptsExhausted" | "RecordAgeExceeded";

const asBatch = (records: readonly StreamRecord[]): Batch | undefined => {
  const [first, ...rest] = records;
  return first && [first, ...rest];
};
const secondsOf = (record: StreamRecord) => record.dynamodb.ApproximateCreationDateTime;
const isoOf = (record: StreamRecord) => `${new Date(secondsOf(record) * 1000).toISOString().slice(0, 19)}Z`;

/**
 * Returns the index of the first failed record, or the batch's length if none failed. An identifier that is not in the
 * batch fails the whole batch. Example for the records 101–104: the failures 104 and 102 give 1, the failure 999 gives
 * 0, no failure gives 4.
 */
function firstFailure(mapping: Mapping, batch: Batch, outcome: InvokeResult): number {
  if (!outcome.ok) return 0;
  if (!mapping.partialFailures) return batch.length;
  const indexes = reportedFailures(outcome.result).map((identifier) =>
    batch.findIndex((record) => record.dynamodb.SequenceNumber === identifier),
  );
  return Math.max(0, Math.min(batch.length, ...indexes));
}

/**
 * Builds the message for an on-failure destination. It holds the position of the records, not the records. Example:
 * shard, sequence numbers 101 to 104, batch size 4.
 */
function reportOf(
  { mapping, shardId }: DeliveryOptions,
  batch: Batch,
  condition: Condition,
  attempts: number,
  requestId: string,
) {
  const last = batch.at(-1) ?? batch[0];
  return {
    requestContext: { requestId, functionArn: mapping.function.arn, condition, approximateInvokeCount: attempts },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    version: "1.0",
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: batch[0].dynamodb.SequenceNumber,
      endSequenceNumber: last.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: isoOf(batch[0]),
      approximateArrivalOfLastRecord: isoOf(last),
      batchSize: batch.length,
      streamArn: mapping.sourceArn,
    },
  };
}

/**
 * Delivers batches of one shard in order. Each batch is retried until it succeeds, its retries are exhausted or its
 * records are too old.
 * - Partial failure: if 102 and 104 of 101–104 fail, delivery continues with 102–104 and a fresh retry count.
 * - Bisecting uses up no retries: if c of a–d always fails with 1 retry, the calls are a–d, a–b, c–d, c, c, d, and only
 *   c is given up.
 * - An invocation that does not reach the function (a 429, say) uses up no retries and does not bisect.
 */
export function createDelivery(options: DeliveryOptions) {
  const { mapping, invoker, tell, log, signal } = options;
  const { function: fn } = mapping;
  const pause = (milliseconds: number) => delay(milliseconds, undefined, { signal });

  async function invoke(batch: Batch): Promise<{ outcome: InvokeResult; requestId: string }> {
    const requestId = randomUUID();
    const started = performance.now();
    const outcome = await invokeBatch(invoker, fn.arn, batch, requestId);
    const line = `${fn.name} received ${batch.length} record${batch.length === 1 ? "" : "s"} ${inTime(started, outcome)}`;
    log[outcome.ok ? "info" : "warn"]("streams", line, requestId);
    return { outcome, requestId };
  }

  /**
   * Reports a batch that is given up. An unreachable destination blocks the shard, so that the report is not lost.
   * Example: while the queue refuses messages, sending is repeated with back-off, and the next batch waits.
   */
  async function giveUp(batch: Batch, condition: Condition, attempts: number, requestId: string): Promise<void> {
    const target = mapping.onFailureArn;
    const where = target ? `and reports them to ${target.split(":").at(-1)}` : "without a destination";
    log.warn("streams", `${fn.name} gives up ${batch.length} records (${condition}) ${where}`, requestId);
    if (target === undefined) return;
    const body = JSON.stringify(reportOf(options, batch, condition, attempts, requestId));
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await tell(target, body);
      } catch (error) {
        log.error("streams", `${fn.name} cannot report to ${target}, retrying: ${error}`, requestId);
        await pause(backOffMs(attempt));
      }
    }
  }

  /**
   * Gives up records that are too old without invoking the function, and returns the others. Example with a maximum age
   * of 60 s: a record written 61 s ago is given up, one written 59 s ago is returned.
   */
  async function withoutExpired(batch: Batch, attempts: number, requestId: string): Promise<Batch | undefined> {
    const oldest = Date.now() / 1000 - mapping.maximumAgeSeconds;
    const expired = asBatch(batch.filter((record) => secondsOf(record) < oldest));
    if (!expired) return batch;
    await giveUp(expired, "RecordAgeExceeded", attempts, requestId);
    return asBatch(batch.filter((record) => secondsOf(record) >= oldest));
  }

  async function deliver(all: Batch, attempts: number, lastRequestId: string, unreached = 0): Promise<void> {
    signal.throwIfAborted();
    const batch = await withoutExpired(all, attempts, lastRequestId);
    if (!batch) return;
    const { outcome, requestId } = await invoke(batch);
    if (isUnreached(outcome)) {
      await pause(backOffMs(unreached));
      return deliver(batch, attempts, requestId, unreached + 1);
    }
    const from = firstFailure(mapping, batch, outcome);
    const rest = asBatch(batch.slice(from));
    if (!rest) return;
    const used = from > 0 ? 0 : attempts;
    const exhausted = used >= mapping.retries;
    const halve = mapping.bisect && rest.length > 1 && (from === 0 || exhausted);
    if (exhausted && !halve) return giveUp(rest, "RetryAttemptsExhausted", used + 1, requestId);
    await pause(backOffMs(used));
    if (!halve) return deliver(rest, used + 1, requestId);
    const middle = Math.ceil(rest.length / 2);
    for (const half of [asBatch(rest.slice(0, middle)), asBatch(rest.slice(middle))]) {
      if (half) await deliver(half, used, requestId);
    }
  }

  /** @throws AbortError when the mapping is closed before the batch is processed */
  return async (records: readonly StreamRecord[]): Promise<void> => {
    const batch = asBatch(records);
    if (batch) await deliver(batch, 0, randomUUID());
  };
}
