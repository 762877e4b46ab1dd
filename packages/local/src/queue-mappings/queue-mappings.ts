import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { ended, once } from "../closing.ts";
import type { ResolvedGraph } from "../graph/graph.ts";
import { queuesOf } from "../queues/queue.ts";
import type { Queues, ReceivedMessage } from "../queues/queues.ts";
import type { Ground } from "../service.ts";
import { type Emulator, type InvokeResult, type Invoker, isUnreached } from "../service-types.ts";
import { backOffMs, inTime, invokeBatch, reportedFailures } from "../streams/batch.ts";
import { type Mapping, MappingError, mappingsOf, requireGrants } from "../streams/event-source-mapping.ts";

export interface QueueMappingOptions extends Pick<Ground, "graph" | "log"> {
  readonly queues: Queues;
  readonly invoker: Invoker;
}

/** Converts a message to Lambda's event format. */
function recordOf(message: ReceivedMessage, mapping: Mapping, region: string) {
  const messageAttributes = Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
    name,
    {
      ...(value.StringValue !== undefined && { stringValue: value.StringValue }),
      ...(value.BinaryValue !== undefined && { binaryValue: value.BinaryValue }),
      stringListValues: [],
      binaryListValues: [],
      dataType: value.DataType,
    },
  ]);
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(messageAttributes),
    md5OfBody: message.MD5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: mapping.sourceArn,
    awsRegion: region,
  };
}

/** Parses a JSON body, so that filters can match its fields. */
function filterable(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** Returns the messages that the function has processed. With an invalid response, all messages have failed. */
function succeeded(mapping: Mapping, messages: readonly ReceivedMessage[], outcome: InvokeResult): ReceivedMessage[] {
  if (!outcome.ok) return [];
  if (!mapping.partialFailures) return [...messages];
  const identifiers = reportedFailures(outcome.result);
  if (identifiers.some((id) => !messages.some((message) => message.MessageId === id))) return [];
  return messages.filter((message) => !identifiers.includes(message.MessageId));
}

const mostMessages = 10;
/**
 * Maximum concurrent batches of a mapping without `maximumConcurrency`. Lambda starts with five and scales up to 1,250;
 * a laptop gets fewer.
 */
const pollers = 10;
/** Bounds of `maximumConcurrency`. */
const leastConcurrency = 2;
const mostConcurrency = 1000;

const visibilitySecondsOf = (graph: ResolvedGraph, { sourceArn }: Mapping) =>
  Number(queuesOf(graph).find(({ arn }) => arn === sourceArn)?.attributes.VisibilityTimeout ?? 30);

/**
 * Polls one queue: receives a batch, invokes the function, and deletes the processed messages. SQS redelivers the
 * others after the visibility timeout.
 */
function startMapping(mapping: Mapping, { graph, queues, invoker, log }: QueueMappingOptions, signal: AbortSignal) {
  const { function: fn, sourceArn } = mapping;
  const QueueUrl = `${queues.url}/${graph.account}/${sourceArn.split(":").at(-1)}`;
  const visibilityMs = (visibilitySecondsOf(graph, mapping) - mapping.windowSeconds) * 1000;

  async function receive(waitSeconds: number, most: number): Promise<readonly ReceivedMessage[]> {
    const { Messages = [] } = await queues.call<{ Messages?: ReceivedMessage[] }>("ReceiveMessage", {
      QueueUrl,
      MaxNumberOfMessages: Math.min(most, mostMessages),
      WaitTimeSeconds: waitSeconds,
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["All"],
    });
    return Messages;
  }

  async function remove(messages: readonly ReceivedMessage[]): Promise<void> {
    for (let at = 0; at < messages.length; at += mostMessages) {
      const part = messages.slice(at, at + mostMessages);
      const Entries = part.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
      await queues.call("DeleteMessageBatch", { QueueUrl, Entries });
    }
  }

  /** Returns a full batch, or the messages that arrived within the batching window after the first one. */
  async function gather(): Promise<readonly ReceivedMessage[]> {
    const batch = [...(await receive(20, mapping.batchSize))];
    const deadline = Date.now() + mapping.windowSeconds * 1000;
    while (batch.length > 0 && batch.length < mapping.batchSize && !signal.aborted) {
      const left = Math.ceil((deadline - Date.now()) / 1000);
      if (left <= 0) break;
      batch.push(...(await receive(Math.min(left, 20), mapping.batchSize - batch.length)));
    }
    return batch;
  }

  /**
   * Retries a throttled function until the visibility timeout. Then the messages become visible again, and the next
   * receive counts toward `maxReceiveCount`.
   */
  async function invoke(records: readonly unknown[], requestId: string): Promise<InvokeResult> {
    const deadline = Date.now() + visibilityMs;
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await invokeBatch(invoker, fn.arn, records, requestId);
      const waitMs = backOffMs(attempt);
      if (!isUnreached(outcome) || Date.now() + waitMs >= deadline) return outcome;
      await delay(waitMs, undefined, { signal });
    }
  }

  async function handle(batch: readonly ReceivedMessage[]): Promise<void> {
    const wanted = batch.filter((message) =>
      mapping.wants({ ...recordOf(message, mapping, graph.region), body: filterable(message.Body) }),
    );
    await remove(batch.filter((message) => !wanted.includes(message)));
    if (wanted.length === 0) return;
    const requestId = randomUUID();
    const started = performance.now();
    const records = wanted.map((message) => recordOf(message, mapping, graph.region));
    const outcome = await invoke(records, requestId);
    const done = succeeded(mapping, wanted, outcome);
    const line = `${fn.name} processed ${done.length} of ${wanted.length} messages ${inTime(started, outcome)}`;
    log[done.length === wanted.length ? "info" : "warn"]("sqs", line, requestId);
    await remove(done);
  }

  async function poll(): Promise<void> {
    while (!signal.aborted) {
      try {
        await handle(await gather());
      } catch (error) {
        if (signal.aborted) return;
        log.warn("sqs", `${mapping.name}: ${error}`);
        await delay(1000, undefined, { signal }).catch(() => {});
      }
    }
  }
  return Promise.all(Array.from({ length: Math.min(pollers, mapping.maximumConcurrency) }, poll));
}

/** @throws MappingError if AWS would refuse the mapping */
function check(mapping: Mapping, graph: ResolvedGraph): void {
  requireGrants(mapping, ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], mapping.sourceArn);
  const queue = queuesOf(graph).find(({ arn }) => arn === mapping.sourceArn);
  if (!queue) throw new MappingError(`${mapping.name}: the queue ${mapping.sourceArn} is not in the graph`);
  if (mapping.batchSize > mostMessages && mapping.windowSeconds < 1)
    throw new MappingError(
      `${mapping.name}: a batch of ${mapping.batchSize} needs a batching window of at least one second`,
    );
  const { maximumConcurrency } = mapping;
  const isLimited = Number.isFinite(maximumConcurrency);
  if (isLimited && (maximumConcurrency < leastConcurrency || maximumConcurrency > mostConcurrency))
    throw new MappingError(
      `${mapping.name}: the maximum concurrency, ${maximumConcurrency}, is not between ${leastConcurrency} and ${mostConcurrency}`,
    );
  const visibility = visibilitySecondsOf(graph, mapping);
  if (visibility < mapping.function.timeout)
    throw new MappingError(
      `${mapping.name}: the queue's visibility timeout, ${visibility} s, is less than the timeout of ${mapping.function.name}, ${mapping.function.timeout} s`,
    );
}

/**
 * Starts the event source mappings of the graph whose source is a queue.
 * @throws MappingError for an invalid filter, a role that may not read the queue, or a visibility timeout that is too
 * short
 */
export async function startQueueMappings(options: QueueMappingOptions): Promise<Emulator> {
  const { graph, queues, log } = options;
  const mappings = mappingsOf(graph, { source: "arn:aws:sqs:", batchSize: 10, log });
  for (const mapping of mappings) check(mapping, graph);
  const controller = new AbortController();
  const running = mappings.map((mapping) => startMapping(mapping, options, controller.signal));
  return {
    close: once(async () => {
      controller.abort();
      queues.interrupt();
      await ended(running);
    }),
  };
}
