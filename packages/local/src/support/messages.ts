import { policyOfServices } from "./data.ts";
import { carriedOut, each, only, type Rules, withoutEffect } from "./rules.ts";

const encrypted = "messages are kept as they are, in a folder of this machine";

/** Rules for queues, mail and event sources of functions. */
export const messages: Readonly<Record<string, Rules>> = {
  "aws:lambda:EventSourceMapping": {
    ...carriedOut("batchSize", "destinationConfig", "enabled", "eventSourceArn", "filterCriteria", "functionName"),
    ...carriedOut("bisectBatchOnFunctionError", "functionResponseTypes", "maximumBatchingWindowInSeconds"),
    ...carriedOut("maximumRecordAgeInSeconds", "maximumRetryAttempts", "parallelizationFactor", "scalingConfig"),
    startingPosition: only("LATEST", "TRIM_HORIZON"),
    tumblingWindowInSeconds: only(0),
  },
  "aws:lambda:FunctionEventInvokeConfig": carriedOut(
    "destinationConfig",
    "functionName",
    "maximumEventAgeInSeconds",
    "maximumRetryAttempts",
  ),
  "aws:scheduler:Schedule": {
    ...carriedOut("endDate", "scheduleExpression", "scheduleExpressionTimezone", "startDate", "state"),
    ...withoutEffect("a window only says how late it may be, and here it is never late", "flexibleTimeWindow"),
    ...withoutEffect("only a person reads it", "description"),
    target: each(carriedOut("arn", "deadLetterConfig", "input", "retryPolicy", "roleArn")),
  },
  "aws:sesv2:ConfigurationSet": withoutEffect(
    "mail does not leave the machine, so it has no reputation",
    "configurationSetName",
    "deliveryOptions",
    "reputationOptions",
    "sendingOptions",
    "suppressionOptions",
    "trackingOptions",
  ),
  "aws:sesv2:ConfigurationSetEventDestination": {
    ...carriedOut("configurationSetName"),
    ...withoutEffect("it is a name", "eventDestinationName"),
    eventDestination: each(carriedOut("enabled", "matchingEventTypes", "snsDestination")),
  },
  "aws:sesv2:EmailIdentity": {
    ...carriedOut("configurationSetName", "emailIdentity"),
    ...withoutEffect("mail does not leave the machine, so nobody checks its signature", "dkimSigningAttributes"),
  },
  "aws:sns:Topic": {
    ...withoutEffect("only a person reads it", "displayName"),
    ...withoutEffect(encrypted, "kmsMasterKeyId"),
    fifoTopic: only(false),
    policy: policyOfServices,
  },
  "aws:sns:TopicPolicy": { ...carriedOut("arn"), policy: policyOfServices },
  "aws:sns:TopicSubscription": {
    ...carriedOut("endpoint", "filterPolicy", "filterPolicyScope", "rawMessageDelivery", "redrivePolicy", "topic"),
    ...withoutEffect("it is about subscriptions that somebody has to confirm", "confirmationTimeoutInMinutes"),
    ...withoutEffect("it is about subscriptions that somebody has to confirm", "endpointAutoConfirms"),
    protocol: only("lambda", "sqs"),
  },
  "aws:sqs:Queue": {
    ...carriedOut("contentBasedDeduplication", "deduplicationScope", "delaySeconds", "fifoQueue"),
    ...carriedOut("fifoThroughputLimit", "maxMessageSize", "messageRetentionSeconds", "receiveWaitTimeSeconds"),
    ...carriedOut("redrivePolicy", "visibilityTimeoutSeconds"),
    ...withoutEffect(encrypted, "kmsDataKeyReusePeriodSeconds", "kmsMasterKeyId", "sqsManagedSseEnabled"),
    policy: policyOfServices,
  },
  "aws:sqs:QueuePolicy": { ...carriedOut("queueUrl"), policy: policyOfServices },
  "aws:sqs:RedrivePolicy": carriedOut("queueUrl", "redrivePolicy"),
};
