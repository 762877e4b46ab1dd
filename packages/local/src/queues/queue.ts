import type { ResolvedGraph, Resource } from "../graph/graph.ts";
import { inputsOf } from "../resource-inputs.ts";

type RedrivePolicy = string | { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };

interface QueueInputs {
  readonly url: string;
  readonly visibilityTimeoutSeconds: number;
  readonly messageRetentionSeconds: number;
  readonly delaySeconds: number;
  readonly maxMessageSize: number;
  readonly receiveWaitTimeSeconds: number;
  readonly redrivePolicy: RedrivePolicy;
  readonly fifoQueue: boolean;
  readonly contentBasedDeduplication: boolean;
  readonly deduplicationScope: string;
  readonly fifoThroughputLimit: string;
  readonly sqsManagedSseEnabled: boolean;
  readonly kmsMasterKeyId: string;
}

/** A queue of the graph, with its SQS attributes. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const text = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));

function attributesOf(resource: Resource, redrivePolicy: RedrivePolicy | undefined): Record<string, string> {
  const inputs = inputsOf<QueueInputs>(resource);
  const fifo = inputs.fifoQueue === true;
  const wanted: Record<string, unknown> = {
    VisibilityTimeout: inputs.visibilityTimeoutSeconds,
    MessageRetentionPeriod: inputs.messageRetentionSeconds,
    DelaySeconds: inputs.delaySeconds,
    MaximumMessageSize: inputs.maxMessageSize,
    ReceiveMessageWaitTimeSeconds: inputs.receiveWaitTimeSeconds,
    RedrivePolicy: redrivePolicy,
    SqsManagedSseEnabled: inputs.sqsManagedSseEnabled,
    KmsMasterKeyId: inputs.kmsMasterKeyId,
    FifoQueue: fifo ? true : undefined,
    ContentBasedDeduplication: fifo ? (inputs.contentBasedDeduplication ?? false) : undefined,
    DeduplicationScope: fifo ? inputs.deduplicationScope : undefined,
    FifoThroughputLimit: fifo ? inputs.fifoThroughputLimit : undefined,
  };
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [] : [[name, text(value)]])),
  );
}

/** Returns the queues of the graph. A redrive policy may be a separate resource. */
export function queuesOf(graph: ResolvedGraph): Queue[] {
  const redrives = graph
    .all("aws:sqs:RedrivePolicy")
    .map((resource) => inputsOf<{ queueUrl: string; redrivePolicy: RedrivePolicy }>(resource));
  return graph.all("aws:sqs:Queue").map((resource) => {
    const inputs = inputsOf<QueueInputs>(resource);
    const name = inputs.arn?.split(":").at(-1);
    if (!inputs.arn || !name) throw new Error(`The queue ${resource.name} of the graph has no ARN.`);
    const redrive = redrives.find(({ queueUrl }) => queueUrl === inputs.id || queueUrl === inputs.url);
    return {
      name,
      arn: inputs.arn,
      attributes: attributesOf(resource, inputs.redrivePolicy ?? redrive?.redrivePolicy),
    };
  });
}
