import type { Json, RawGraph } from "@daybook/local/graph/raw";
import { deadLettersOfSchedules } from "./checks.schedules.ts";
import { allows, block, type Check, complaints, functionsOf, grantsOf, ofType, queuesOf, statementsIn } from "./raw.ts";
import { list } from "./stages.ts";

const twoWeeks = 14 * 24 * 60 * 60;
/** The minimum `maximumConcurrency` that AWS accepts for a queue. A new account has a concurrency of only 10. */
const leastConcurrency = 2;
/** DynamoDB deletes stream records after 24 hours. */
const streamSeconds = 24 * 60 * 60;

const parsed = (json: Json | undefined) => block(typeof json === "string" ? JSON.parse(json) : json);

/**
 * Returns the redrive policy of a queue. The dead-letter queue of a stream consumer is its failure destination instead.
 */
export const redriveOf = (queue: { readonly inputs: Readonly<Record<string, Json>> }) => {
  const { deadLetterTargetArn, maxReceiveCount } = parsed(queue.inputs.redrivePolicy);
  return { arn: deadLetterTargetArn, receives: Number(maxReceiveCount) };
};

/** Returns all event source mappings with their function, queue, failure destination and grants. */
const mappingsOf = (graph: RawGraph) =>
  ofType(graph, "aws:lambda/eventSourceMapping:EventSourceMapping").map(({ name, inputs }) => {
    const fn = functionsOf(graph).find(({ outputs }) =>
      [outputs.arn, outputs.name, outputs.qualifiedArn].some((id) => id === inputs.functionName),
    );
    const queue = queuesOf(graph).find(({ outputs }) => outputs.arn === inputs.eventSourceArn);
    const destination = block(block(inputs.destinationConfig).onFailure).destinationArn;
    return { name, inputs, fn, queue, destination, grants: grantsOf(graph, fn?.inputs.role) };
  });

/** Stream consumers retry within bounds, and send failed records to a dead-letter queue. */
export const streamsAreConsumedWithinBounds: Check = (graph) => {
  const mappings = mappingsOf(graph).filter(({ queue }) => queue === undefined);
  const stream = ofType(graph, "aws:dynamodb/table:Table").map(({ outputs }) => outputs.streamArn);
  return [
    ...complaints(mappings, {
      "has no function": ({ fn }) => fn !== undefined,
      "reads no stream of ours": ({ inputs }) => stream.some((arn) => arn === inputs.eventSourceArn),
      "repeats for ever": ({ inputs }) => Number(inputs.maximumRetryAttempts ?? -1) >= 0,
      "outlives the stream's records": ({ inputs }) =>
        Number(inputs.maximumRecordAgeInSeconds ?? -1) > 0 && Number(inputs.maximumRecordAgeInSeconds) < streamSeconds,
      "repeats what was processed": ({ inputs }) =>
        list(inputs.functionResponseTypes).includes("ReportBatchItemFailures") &&
        inputs.bisectBatchOnFunctionError === true,
      "says nothing of its batches": ({ inputs }) =>
        Number(inputs.batchSize) > 0 && Number(inputs.parallelizationFactor) > 0,
      "loses what it gives up": ({ destination }) => queuesOf(graph).some(({ outputs }) => outputs.arn === destination),
      "may not keep what it gives up": ({ grants, destination }) => allows(grants, "sqs:SendMessage", destination),
      "may not read its stream": ({ grants, inputs }) =>
        ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"].every((action) =>
          allows(grants, `dynamodb:${action}`, inputs.eventSourceArn),
        ),
    }),
    ...complaints(ofType(graph, "aws:dynamodb/table:Table"), {
      "has more than two consumers of its stream": ({ outputs }) =>
        mappings.filter(({ inputs }) => inputs.eventSourceArn === outputs.streamArn).length <= 2,
    }),
  ];
};

/**
 * Queue consumers report failed messages individually. The visibility timeout is six function timeouts, and each queue
 * has a dead-letter queue.
 */
export const queuesAreConsumedWithinBounds: Check = (graph) => {
  const mappings = mappingsOf(graph).filter(({ queue }) => queue !== undefined);
  return complaints(mappings, {
    "has no function": ({ fn }) => fn !== undefined,
    "repeats what was processed": ({ inputs }) =>
      list(inputs.functionResponseTypes).includes("ReportBatchItemFailures"),
    "may take all of the account's concurrency": ({ inputs }) =>
      block(inputs.scalingConfig).maximumConcurrency === leastConcurrency,
    "repeats what is under way": ({ queue, fn }) =>
      Number(queue?.inputs.visibilityTimeoutSeconds) >= 6 * Number(fn?.inputs.timeout),
    "loses what it gives up": ({ queue }) => {
      const { arn, receives } = redriveOf(queue ?? { inputs: {} });
      return receives > 0 && queuesOf(graph).some(({ outputs }) => outputs.arn === arn);
    },
    "may not read its queue": ({ grants, queue }) =>
      ["DeleteMessage", "GetQueueAttributes", "ReceiveMessage"].every((action) =>
        allows(grants, `sqs:${action}`, queue?.outputs.arn),
      ),
  });
};

/** Queues and topics are encrypted. A dead-letter queue keeps messages for two weeks and has no consumer. */
export const messagesAreKept: Check = (graph) => {
  const givenUp = new Set([
    ...queuesOf(graph).map((queue) => redriveOf(queue).arn),
    ...mappingsOf(graph).map(({ destination }) => destination),
    ...deadLettersOfSchedules(graph),
  ]);
  const consumed = new Set(mappingsOf(graph).map(({ inputs }) => inputs.eventSourceArn));
  const queues = queuesOf(graph).map((queue) => ({ ...queue, isDeadLetters: givenUp.has(queue.outputs.arn) }));
  return [
    ...complaints(queues, {
      "is not encrypted": ({ inputs }) => inputs.sqsManagedSseEnabled === true || Boolean(inputs.kmsMasterKeyId),
      "has no consumer, and is no dead-letter queue": ({ isDeadLetters, outputs }) =>
        isDeadLetters || consumed.has(outputs.arn ?? null),
      "has a consumer, and no dead-letter queue": (queue) => queue.isDeadLetters || Boolean(redriveOf(queue).arn),
      "forgets too early": ({ isDeadLetters, inputs }) => !isDeadLetters || inputs.messageRetentionSeconds === twoWeeks,
    }),
    ...complaints(ofType(graph, "aws:sns/topic:Topic"), {
      "is not encrypted": ({ inputs }) => Boolean(inputs.kmsMasterKeyId),
      "lets anybody publish": ({ outputs }) =>
        ofType(graph, "aws:sns/topicPolicy:TopicPolicy").some(({ inputs }) => inputs.arn === outputs.arn),
    }),
  ];
};

/**
 * Each subscription of a topic delivers the filtered messages unwrapped to a queue that accepts them only from that
 * topic.
 */
export const subscribersAreHeard: Check = (graph) => {
  const policies = ofType(graph, "aws:sqs/queuePolicy:QueuePolicy").flatMap(({ inputs }) =>
    statementsIn(inputs.policy),
  );
  const subscriptions = ofType(graph, "aws:sns/topicSubscription:TopicSubscription")
    .filter(({ inputs }) => inputs.protocol === "sqs")
    .map(({ name, inputs }) => ({
      name,
      inputs,
      queue: queuesOf(graph).find(({ outputs }) => outputs.arn === inputs.endpoint),
      senders: policies.filter(({ Resource }) => Resource === inputs.endpoint),
    }));
  return complaints(subscriptions, {
    "has no queue": ({ queue }) => queue !== undefined,
    "gets it in an envelope": ({ inputs }) => inputs.rawMessageDelivery === true,
    "gets what is not for it": ({ name, inputs }) =>
      !name.startsWith("Events") || Object.keys(parsed(inputs.filterPolicy)).join() === "type",
    "gets nothing": ({ senders }) => senders.length === 1,
    "takes it from others": ({ inputs, senders }) =>
      senders.every(({ Condition }) => Condition?.ArnEquals?.["aws:SourceArn"] === inputs.topic),
  });
};
