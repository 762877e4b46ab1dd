import { SendMessageCommand, SQSClient, type SQSClientConfig } from "@aws-sdk/client-sqs";
import { limitedClient } from "./call-limits.ts";
import type { DomainEvent } from "./events.ts";

/** A queue of events for one consumer. */
export interface EventQueue {
  /**
   * Resolves when the queue has stored the event. A retry after an error can deliver the event twice.
   *
   * @param delaySeconds 0 to 900; by default the delay of the queue
   */
  send(event: DomainEvent, delaySeconds?: number): Promise<void>;
}

/** Returns an SQS queue. Each message is one event as JSON. */
export function sqsEventQueue(url: () => string, config: SQSClientConfig = {}): EventQueue {
  const client = new SQSClient({
    ...config,
    ...limitedClient("sqs"),
  });
  return {
    async send(event, delaySeconds) {
      const message = { MessageBody: JSON.stringify(event), DelaySeconds: delaySeconds };
      await client.send(new SendMessageCommand({ QueueUrl: url(), ...message }));
    },
  };
}
