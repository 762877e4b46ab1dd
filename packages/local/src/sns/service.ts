import type { Service } from "../service.ts";
import { policyOfServices } from "../support/resource-policy.ts";
import { ignored, only, supported } from "../support/rules.ts";
import { type Sns, startSns } from "./sns.ts";

export const sns: Service<Sns> = {
  types: {
    "aws:sns:Topic": {
      ...ignored("It is only a description.", "displayName"),
      ...ignored("Messages are stored unencrypted in the data folder.", "kmsMasterKeyId"),
      fifoTopic: only(false),
      policy: policyOfServices,
    },
    "aws:sns:TopicPolicy": { ...supported("arn"), policy: policyOfServices },
    "aws:sns:TopicSubscription": {
      ...supported("endpoint", "filterPolicy", "filterPolicyScope", "rawMessageDelivery", "redrivePolicy", "topic"),
      ...ignored(
        "Subscriptions of queues and functions need no confirmation.",
        ...["confirmationTimeoutInMinutes", "endpointAutoConfirms"],
      ),
      protocol: only("lambda", "sqs"),
    },
  },
  support: {
    title: "SNS",
    implementation: "own",
    supported: [
      "`Publish` and `PublishBatch`",
      "Subscriptions of queues and functions",
      "Filter policies on attributes and body",
      "Raw message delivery, and SNS's envelopes",
      "Redrive policies",
    ],
    unsupported: {
      "FIFO topics and other protocols": "The log names them. They receive no messages.",
      "`MessageStructure`": "The request is refused.",
      "Creating topics and subscriptions through the API": "The request is refused.",
      "Signatures of messages": "They are not valid.",
    },
  },
  start: startSns,
};
