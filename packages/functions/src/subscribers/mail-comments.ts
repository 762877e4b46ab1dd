import { systemClock } from "@daybook/core/clock";
import { mailComment } from "@daybook/core/comment/comment.mail.service";
import { sqsEventQueue } from "@daybook/core/event-queue";
import { CommentAdded } from "@daybook/core/events.blog";
import { sesMailer } from "@daybook/core/mail/mailer";
import "../database.ts";
import { blogResources } from "../resources.blog.ts";
import { resources } from "../resources.ts";
import { consumeQueue, json } from "./queue-consumer.ts";

const mailer = sesMailer(resources.mail);
const queue = sqsEventQueue(blogResources.commentMailQueueUrl);

/** Mails new comments to the authors of the posts. An event that is too early goes back to the queue. */
export const handler = consumeQueue("mailComments", json(CommentAdded), async (event) => {
  const outcome = await mailComment({ clock: systemClock, mailer, appUrl: resources.origin() }, event);
  if (typeof outcome === "string") return outcome;
  await queue.send(event, outcome.waitSeconds);
  return "postponed";
});
