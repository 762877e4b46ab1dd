import { mail, sendMail } from "./email.ts";
import { type FunctionSettings, lambda } from "./function.ts";
import { origin } from "./router.ts";
import { onTable, table, tableName } from "./table.ts";

/** A queue for what could not be processed, kept for two weeks. */
const deadLetters = (name: string) =>
  new sst.aws.Queue(name, {
    transform: { queue: { messageRetentionSeconds: 14 * 24 * 60 * 60, sqsManagedSseEnabled: true } },
  });

const stream = table.nodes.table.streamArn;

type SubscriberSettings = FunctionSettings & { readonly filters: sst.aws.DynamoSubscriberArgs["filters"] };

/**
 * A consumer of the table's stream, which can serve two without throttling. What it cannot process goes to a queue of its own, as a
 * message that holds where the records are in the stream, which keeps them for 24 hours.
 */
function subscribe(name: string, { filters, permissions, ...settings }: SubscriberSettings) {
  const dlq = deadLetters(`${name}Dlq`);
  const fn = lambda(name, {
    ...settings,
    permissions: [
      ...permissions,
      {
        actions: [
          "dynamodb:DescribeStream",
          "dynamodb:GetRecords",
          "dynamodb:GetShardIterator",
          "dynamodb:ListStreams",
        ],
        resources: [stream],
      },
      { actions: ["sqs:SendMessage"], resources: [dlq.arn] },
    ],
    timeout: "30 seconds",
  });
  table.subscribe(name, fn.arn, {
    filters,
    transform: {
      // AWS's defaults would repeat a failing batch until its records expire, and hold up all that comes after it.
      eventSourceMapping: {
        startingPosition: "TRIM_HORIZON",
        batchSize: 10,
        functionResponseTypes: ["ReportBatchItemFailures"],
        bisectBatchOnFunctionError: true,
        maximumRetryAttempts: 5,
        // An hour before the stream forgets the records, so that the message on the queue still finds them.
        maximumRecordAgeInSeconds: 23 * 60 * 60,
        destinationConfig: { onFailure: { destinationArn: dlq.arn } },
      },
    },
  });
}

subscribe("WelcomeEmail", {
  handler: "packages/functions/src/subscribers/welcome-email.handler",
  description: "Mails a welcome to whoever has a new profile",
  link: [tableName, mail, origin],
  permissions: [onTable("dynamodb:UpdateItem"), sendMail],
  filters: [{ eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: ["PROFILE"] } } } }],
});

/**
 * What is left to do after a request. A message waits longer than any request lives, so that a request which began before the change
 * has written what it will write.
 */
const cleanUpJobs = new sst.aws.Queue("CleanUpJobs", {
  delay: "15 seconds",
  // Six times the function's timeout, as AWS advises.
  visibilityTimeout: "12 minutes",
  dlq: { queue: deadLetters("CleanUpDlq").arn, retry: 3 },
  transform: { queue: { messageRetentionSeconds: 14 * 24 * 60 * 60, sqsManagedSseEnabled: true } },
});
const cleanUpQueueUrl = new sst.Linkable("CleanUpQueueUrl", { properties: { url: cleanUpJobs.url } });
const sendCleanUp = { actions: ["sqs:SendMessage"], resources: [cleanUpJobs.arn] };

subscribe("PublishEvents", {
  handler: "packages/functions/src/subscribers/publish-events.handler",
  description: "Tells of what has changed in the table to whoever has something to do then",
  link: [cleanUpQueueUrl],
  permissions: [sendCleanUp],
  filters: [
    { eventName: ["MODIFY", "REMOVE"], dynamodb: { Keys: { sk: { S: ["LIST"] } } } },
    { eventName: ["INSERT", "MODIFY"], dynamodb: { Keys: { sk: { S: ["SWEEP"] } } } },
    { eventName: ["INSERT", "REMOVE"], dynamodb: { Keys: { sk: { S: ["DELETED"] } } } },
  ],
});

const cleanUp = lambda("CleanUp", {
  handler: "packages/functions/src/subscribers/clean-up.handler",
  description: "Removes what nothing leads to any more, and finishes changes that are more than a request can do",
  link: [tableName, cleanUpQueueUrl],
  permissions: [
    onTable(
      "dynamodb:BatchWriteItem",
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
    ),
    sendCleanUp,
    {
      actions: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
      resources: [cleanUpJobs.arn],
    },
  ],
  timeout: "2 minutes",
});
// One at a time: a long job has the whole time for itself, and a bad one fails alone.
cleanUpJobs.subscribe(cleanUp.arn, { batch: { size: 1, partialResponses: true } });
