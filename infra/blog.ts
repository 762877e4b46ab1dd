import { email } from "./email.ts";
import { lambda } from "./function.ts";
import { receive, workQueue } from "./queue.ts";
import { origin } from "./router.ts";
import { every } from "./schedules.ts";
import { policyOf } from "./stage.ts";
import { onIndex, onTable, tableName } from "./table.ts";
import { tell } from "./topic.ts";

every("rate(1 minute)", "PublishScheduled", {
  handler: "packages/functions/src/schedules/publish-scheduled.handler",
  description: "Publishes scheduled posts that are due",
  link: [tableName, origin],
  permissions: [
    onTable(
      "dynamodb:BatchGetItem",
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:UpdateItem",
    ),
    onIndex("gsi2"),
  ],
  timeout: "50 seconds",
});

const commentCountJobs = workQueue("CommentCountJobs", {
  visibilityTimeout: "3 minutes",
  deadLetters: "CommentCountDlq",
});
tell(commentCountJobs, "CommentCountJobs", ["page.changed", "comment.changed"]);

const countComments = lambda("CountComments", {
  handler: "packages/functions/src/subscribers/count-comments.handler",
  description: "Maintains the comment counts of published posts",
  link: [tableName],
  permissions: [onTable("dynamodb:GetItem", "dynamodb:UpdateItem"), onIndex("lsi1"), receive(commentCountJobs)],
  timeout: "30 seconds",
});
commentCountJobs.subscribe(countComments.arn, { batch: { size: 10, partialResponses: true } });

if (email && policyOf($app.stage).verifiedSender !== undefined) {
  const commentMailJobs = workQueue("CommentMailJobs", {
    visibilityTimeout: "3 minutes",
    deadLetters: "CommentMailDlq",
  });
  tell(commentMailJobs, "CommentMailJobs", ["comment.added"]);
  const mailComments = lambda("MailComments", {
    handler: "packages/functions/src/subscribers/mail-comments.handler",
    description: "Sends new comments to the authors of the posts",
    link: [
      tableName,
      email.link,
      origin,
      new sst.Linkable("CommentMailQueueUrl", { properties: { url: commentMailJobs.url } }),
    ],
    permissions: [
      onTable("dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"),
      onIndex("gsi2"),
      // An event that is too early goes back to the queue.
      { actions: ["sqs:SendMessage"], resources: [commentMailJobs.arn] },
      email.permission,
      receive(commentMailJobs),
    ],
    timeout: "30 seconds",
  });
  commentMailJobs.subscribe(mailComments.arn, { batch: { size: 5, partialResponses: true } });
}
