import { SendMessageCommand, SQSClient, type SQSClientConfig } from "@aws-sdk/client-sqs";
import { limitedClient } from "./call-limits.ts";
import type { DomainEvent } from "./events.ts";

/** Where events wait for their consumer. */
export interface EventQueue {
  /** Resolves when the queue has the event; repeating it after an error may deliver it twice. */
  send(event: DomainEvent): Promise<void>;
}

/** A queue of SQS, each of whose messages is one event as JSON. */
export function sqsEventQueue(url: () => string, config: SQSClientConfig = {}): EventQueue {
  const client = new SQSClient({
    ...config,
    ...limitedClient("sqs"),
  });
  return {
    async send(event) {
      await client.send(new SendMessageCommand({ QueueUrl: url(), MessageBody: JSON.stringify(event) }));
    },
  };
}
