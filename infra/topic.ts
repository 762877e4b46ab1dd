import { onlyFrom } from "./queue.ts";

/**
 * Topic for domain events. Subscribers read them through queues. Only functions of this project publish, so AWS's
 * managed key for topics is sufficient, and free of charge.
 */
const events = new sst.aws.SnsTopic("Events", { transform: { topic: { kmsMasterKeyId: "alias/aws/sns" } } });

// The functions' roles grant publishing. This policy only requires TLS.
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

/** Links only the topic's ARN. Linking the topic itself would grant every action on it. */
export const eventTopic = new sst.Linkable("EventTopic", { properties: { arn: events.arn } });
export const publish = { actions: ["sns:Publish"], resources: [events.arn] };

/** Sends events of these types to a queue, with raw message delivery. */
export function tell(queue: sst.aws.Queue, name: string, types: readonly string[]): void {
  onlyFrom(`EventsSubscriber${name}`, queue, "sns.amazonaws.com", events.arn);
  events.subscribeQueue(name, queue, {
    filter: { type: types },
    transform: { subscription: { rawMessageDelivery: true } },
  });
}
