import type { Service } from "../service.ts";
import { policyOfServices } from "../support/resource-policy.ts";
import { ignored, supported } from "../support/rules.ts";
import { type Queues, startQueues } from "./queues.ts";

export const queues: Service<Queues> = {
  types: {
    "aws:sqs:Queue": {
      ...supported("contentBasedDeduplication", "deduplicationScope", "delaySeconds", "fifoQueue"),
      ...supported("fifoThroughputLimit", "maxMessageSize", "messageRetentionSeconds", "receiveWaitTimeSeconds"),
      ...supported("redrivePolicy", "visibilityTimeoutSeconds"),
      ...ignored(
        "Messages are stored unencrypted in the data folder.",
        ...["kmsDataKeyReusePeriodSeconds", "kmsMasterKeyId", "sqsManagedSseEnabled"],
      ),
      policy: policyOfServices,
    },
    "aws:sqs:QueuePolicy": { ...supported("queueUrl"), policy: policyOfServices },
    "aws:sqs:RedrivePolicy": supported("queueUrl", "redrivePolicy"),
  },
  support: {
    title: "SQS",
    implementation: "`fauxqs` behind an own front",
    supported: ["Queue attributes", "Visibility timeouts", "Redrive to dead-letter queues", "FIFO queues"],
    unsupported: { "The query protocol": "The request is refused." },
  },
  start: (ground) => startQueues({ ...ground, port: ground.addresses.sqs }),
};
