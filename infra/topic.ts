import { onlyFrom } from "./queue.ts";

/**
 * Where it is told what has happened in the table; whoever has something to do then subscribes a queue. Only functions of ours publish, so
 * that AWS's own key for topics will do, which costs nothing.
 */
const events = new sst.aws.SnsTopic("Events", { transform: { topic: { kmsMasterKeyId: "alias/aws/sns" } } });

// Whoever may publish is said by their roles. Here it says only that it is not done without TLS.
new aws.sns.TopicPolicy("EventsPolicy", {
  arn: events.arn,
  policy: aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        effect: "Deny",
        actions: ["sns:Publish"],
        resources: [events.arn],
        principals: [{ type: "*", identifiers: ["*"] }],
        conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
      },
    ],
  }).json,
});

/** The topic's ARN alone: linking the topic itself would grant every action on it. */
export const eventTopic = new sst.Linkable("EventTopic", { properties: { arn: events.arn } });
export const publish = { actions: ["sns:Publish"], resources: [events.arn] };

/** Sends the events of these types to a queue, each message just as it was published. */
export function tell(queue: sst.aws.Queue, name: string, types: readonly string[]): void {
  onlyFrom(`EventsSubscriber${name}`, queue, "sns.amazonaws.com", events.arn);
  events.subscribeQueue(name, queue, {
    filter: { type: types },
    transform: { subscription: { rawMessageDelivery: true } },
  });
}
