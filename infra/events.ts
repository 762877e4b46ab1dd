import { mail, sendMail } from "./email.ts";
import { lambda } from "./function.ts";
import { origin } from "./router.ts";
import { onTable, table, tableName } from "./table.ts";

/** Where batches go that could not be processed. A message holds where the records are in the stream, which keeps them for 24 hours. */
const welcomeEmailDlq = new sst.aws.Queue("WelcomeEmailDlq", {
  transform: { queue: { messageRetentionSeconds: 14 * 24 * 60 * 60, sqsManagedSseEnabled: true } },
});

const stream = table.nodes.table.streamArn;

const welcomeEmail = lambda("WelcomeEmail", {
  handler: "packages/functions/src/subscribers/welcome-email.handler",
  description: "Mails a welcome to whoever has a new profile",
  link: [tableName, mail, origin],
  permissions: [
    onTable("dynamodb:UpdateItem"),
    sendMail,
    {
      actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
      resources: [stream],
    },
    { actions: ["sqs:SendMessage"], resources: [welcomeEmailDlq.arn] },
  ],
  timeout: "30 seconds",
});

table.subscribe("WelcomeEmail", welcomeEmail.arn, {
  filters: [{ eventName: ["INSERT"], dynamodb: { Keys: { sk: { S: ["PROFILE"] } } } }],
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
      destinationConfig: { onFailure: { destinationArn: welcomeEmailDlq.arn } },
    },
  },
});
