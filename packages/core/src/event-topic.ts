import { PublishCommand, SNSClient, type SNSClientConfig } from "@aws-sdk/client-sns";
import { limitedClient } from "./call-limits.ts";
import type { DomainEvent } from "./events.ts";

/** Where events are told to all who want to know. */
export interface EventTopic {
  /** Resolves when everybody's queue will get the event; repeating it after an error may tell it twice. */
  publish(event: DomainEvent): Promise<void>;
}

/** A topic of SNS: each message is one event as JSON, whose type is an attribute that subscribers filter by. */
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
