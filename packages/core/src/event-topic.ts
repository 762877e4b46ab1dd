import { PublishCommand, SNSClient, type SNSClientConfig } from "@aws-sdk/client-sns";
import { limitedClient } from "./call-limits.ts";
import type { DomainEvent } from "./events.ts";

/** Publishes events to all subscribers. */
export interface EventTopic {
  /** Resolves when the topic has accepted the event. A retry after an error can deliver the event twice. */
  publish(event: DomainEvent): Promise<void>;
}

/** Returns an SNS topic. Each message is one event as JSON. Subscribers filter by its attribute `type`. */
export function snsEventTopic(arn: () => string, config: SNSClientConfig = {}): EventTopic {
  const client = new SNSClient({
    ...config,
    ...limitedClient("sns"),
  });
  return {
    async publish(event) {
      await client.send(
        new PublishCommand({
          TopicArn: arn(),
          Message: JSON.stringify(event),
          MessageAttributes: { type: { DataType: "String", StringValue: event.type } },
        }),
      );
    },
  };
}
