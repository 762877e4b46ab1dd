import { email } from "./email.ts";
import { blogChanges, blogCleanUps, blogRemovals } from "./events.blog.ts";
import { type FunctionSettings, lambda } from "./function.ts";
import { deadLetters, onlyFrom, receive, workQueue } from "./queue.ts";
import { origin } from "./router.ts";
import { policyOf } from "./stage.ts";
import { onIndex, onTable, table, tableName } from "./table.ts";
import { eventTopic, publish, tell } from "./topic.ts";

const stream = table.nodes.table.streamArn;

/** Stream consumers. The age of their records shows whether they keep up. */
export const streamFunctions: sst.aws.Function[] = [];

type SubscriberSettings = FunctionSettings & {
  readonly filters: sst.aws.DynamoSubscriberArgs["filters"];
  /** Maximum number of records per invocation. */
  readonly batchSize: number;
};

/**
 * A consumer of the table's stream. Two consumers can read a stream without throttling. A batch that cannot be
 * processed is reported to a dead-letter queue of the consumer. The message holds the position of the records in the
 * stream, which keeps them for 24 hours.
 */
function subscribe(name: string, { filters, batchSize, permissions, ...settings }: SubscriberSettings) {
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
  streamFunctions.push(fn);
  table.subscribe(name, fn.arn, {
    filters,
    transform: {
      // With AWS's defaults, a failing batch is retried until its records expire, and blocks all records after it.
      eventSourceMapping: {
        startingPosition: "TRIM_HORIZON",
        batchSize,
        // One invocation per shard at a time. Consumers may rely on the order of all records with the same partition
        // key. A higher factor would keep only the order of each item.
        parallelizationFactor: 1,
        functionResponseTypes: ["ReportBatchItemFailures"],
        bisectBatchOnFunctionError: true,
        maximumRetryAttempts: 5,
        // One hour less than the stream's retention, so that the message in the queue still finds its records.
        maximumRecordAgeInSeconds: 23 * 60 * 60,
        destinationConfig: { onFailure: { destinationArn: dlq.arn } },
      },
    },
  });
}

if (email && policyOf($app.stage).verifiedSender !== undefined) {
  subscribe("WelcomeEmail", {
    handler: "packages/functions/src/subscribers/welcome-email.handler",
    description: "Sends the welcome email to new users",
    link: [tableName, email.link, origin],
    permissions: [onTable("dynamodb:GetItem", "dynamodb:UpdateItem"), email.permission],
    batchSize: 10,
    filters: [{ eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: ["PROFILE"] } } } }],
  });
}

subscribe("PublishEvents", {
  handler: "packages/functions/src/subscribers/publish-events.handler",
  description: "Publishes domain events from the table's stream, and maintains the open-todo counts of lists",
  link: [tableName, eventTopic],
  permissions: [onTable("dynamodb:GetItem", "dynamodb:UpdateItem"), publish],
  // Larger batches merge a burst of changes in one list into one update of its count.
  batchSize: 100,
  // A mapping may have at most five filters.
  filters: [
    // A stored count is a change of its list, but not an event. Emptying a list removes `countedTo`.
    {
      eventName: ["MODIFY"],
      dynamodb: { Keys: { sk: { S: ["LIST"] } }, NewImage: { countedTo: { S: [{ exists: false }] } } },
    },
    { eventName: ["REMOVE"], dynamodb: { Keys: { sk: { S: ["LIST", ...blogRemovals, { prefix: "MEDIA#" }] } } } },
    { eventName: ["INSERT", "MODIFY"], dynamodb: { Keys: { sk: { S: ["SWEEP"] } } } },
    { eventName: ["INSERT", "REMOVE"], dynamodb: { Keys: { sk: { S: ["DELETED"] } } } },
    { dynamodb: { Keys: { sk: { S: [{ prefix: "TODO#" }, "RECOUNT", ...blogChanges, "NOTICE"] } } } },
  ],
});

/**
 * Queue of cleanup jobs that follow a request. The delay is longer than any request runs, so requests that started
 * before the change have finished their writes.
 */
const cleanUpJobs = workQueue("CleanUpJobs", {
  delay: "15 seconds",
  // Six times the function's timeout, as AWS recommends.
  visibilityTimeout: "12 minutes",
  deadLetters: "CleanUpDlq",
});
tell(cleanUpJobs, "CleanUpJobs", [
  "list.deleted",
  "list.emptied",
  "list.miscounted",
  "user.deleted",
  "sweep.requested",
  ...blogCleanUps,
]);

const cleanUpQueueUrl = new sst.Linkable("CleanUpQueueUrl", { properties: { url: cleanUpJobs.url } });
const cleanUp = lambda("CleanUp", {
  handler: "packages/functions/src/subscribers/clean-up.handler",
  description: "Deletes the data of what was deleted, and completes changes that exceed one request",
  link: [tableName, cleanUpQueueUrl],
  permissions: [
    onTable(
      "dynamodb:BatchGetItem",
      "dynamodb:BatchWriteItem",
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
    ),
    onIndex("gsi1"),
    // Work that exceeds one invocation goes back to the queue.
    { actions: ["sqs:SendMessage"], resources: [cleanUpJobs.arn] },
    receive(cleanUpJobs),
  ],
  timeout: "2 minutes",
});
// One message per invocation: a long job has the full timeout, and a bad one fails alone.
cleanUpJobs.subscribe(cleanUp.arn, { batch: { size: 1, partialResponses: true } });

if (email && policyOf($app.stage).verifiedSender !== undefined) {
  const noticeJobs = workQueue("NoticeJobs", { visibilityTimeout: "3 minutes", deadLetters: "NoticeDlq" });
  tell(noticeJobs, "NoticeJobs", ["notice.requested"]);
  const mailNotices = lambda("MailNotices", {
    handler: "packages/functions/src/subscribers/mail-notices.handler",
    description: "Sends notices about security changes of accounts",
    link: [tableName, email.link, origin],
    permissions: [
      onTable("dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"),
      email.permission,
      receive(noticeJobs),
    ],
    timeout: "30 seconds",
  });
  noticeJobs.subscribe(mailNotices.arn, { batch: { size: 5, partialResponses: true } });
}

if (email) {
  const mailEvents = workQueue("MailEvents", { visibilityTimeout: "1 minute", deadLetters: "MailEventsDlq" });
  onlyFrom("MailOutcomesSubscriberMailEvents", mailEvents, "sns.amazonaws.com", email.feedback.arn);
  email.feedback.subscribeQueue("MailEvents", mailEvents, {
    transform: { subscription: { rawMessageDelivery: true } },
  });
  const mailFeedback = lambda("MailFeedback", {
    handler: "packages/functions/src/subscribers/mail-feedback.handler",
    description: "Records addresses that bounced or complained, so that they get no more mail",
    link: [tableName],
    permissions: [onTable("dynamodb:PutItem"), receive(mailEvents)],
  });
  mailEvents.subscribe(mailFeedback.arn, { batch: { size: 10, partialResponses: true } });
}
