import { setTimeout as delay } from "node:timers/promises";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import * as z from "zod";

/** A dead-letter queue of a stage. */
export interface DeadLetters {
  /** Name in the program: `CleanUpDlq`. */
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  /** Approximate number of messages, including those that are currently hidden. */
  readonly depth: number;
  /** The queue that its messages come from. Undefined if a service puts them there. */
  readonly source: { readonly url: string; readonly arn: string } | undefined;
}

const RedrivePolicy = z.object({ deadLetterTargetArn: z.string() });

/** `daybook-production-CleanUpDlqQueue-abcdefgh` → `CleanUpDlq` */
const nameIn = (prefix: string, url: string) =>
  url
    .split("/")
    .at(-1)
    ?.slice(prefix.length)
    .replace(/Queue(-\w+)?(\.fifo)?$/, "") ?? url;

async function urlsOf(sqs: SQSClient, prefix: string): Promise<string[]> {
  const urls: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: prefix, MaxResults: 1000, NextToken }));
    urls.push(...(page.QueueUrls ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return urls;
}

const depthOf = (attributes: Readonly<Record<string, string>>) =>
  Number(attributes.ApproximateNumberOfMessages) + Number(attributes.ApproximateNumberOfMessagesNotVisible);

/** The dead-letter queues of a stage, by name. */
export async function deadLettersOf(sqs: SQSClient, app: string, stage: string): Promise<DeadLetters[]> {
  const prefix = `${app}-${stage}-`;
  const queues = await Promise.all(
    (await urlsOf(sqs, prefix)).map(async (url) => {
      const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] });
      const { Attributes: attributes = {} } = await sqs.send(command);
      const policy = attributes.RedrivePolicy;
      const target = policy === undefined ? undefined : RedrivePolicy.parse(JSON.parse(policy)).deadLetterTargetArn;
      return { url, arn: attributes.QueueArn ?? "", depth: depthOf(attributes), target };
    }),
  );
  return queues
    .map(({ url, arn, depth }) => {
      const source = queues.find(({ target }) => target === arn);
      return { name: nameIn(prefix, url), url, arn, depth, source: source && { url: source.url, arn: source.arn } };
    })
    .filter(({ name, source }) => name.endsWith("Dlq") || source !== undefined)
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Receives the next messages and hides them for the given number of seconds. Returns none if the queue seems empty. */
export async function receive(sqs: SQSClient, url: string, hiddenSeconds: number): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: url,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: hiddenSeconds,
    WaitTimeSeconds: 1,
    MessageAttributeNames: ["All"],
    MessageSystemAttributeNames: ["All"],
  });
  return (await sqs.send(command)).Messages ?? [];
}

export const remove = (sqs: SQSClient, url: string, { ReceiptHandle }: Message) =>
  sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));

/**
 * Moves messages one by one. If a sent message cannot be deleted, it is in both queues. Consumers are idempotent, and
 * no message is lost.
 */
async function moveByHand(sqs: SQSClient, from: string, to: string): Promise<number> {
  for (let moved = 0; ; ) {
    const messages = await receive(sqs, from, 60);
    if (messages.length === 0) return moved;
    for (const message of messages) {
      const { MessageGroupId, MessageDeduplicationId } = message.Attributes ?? {};
      const { Body: MessageBody, MessageAttributes } = message;
      const order = { MessageGroupId, MessageDeduplicationId };
      await sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody, MessageAttributes, ...order }));
      await remove(sqs, from, message);
      moved += 1;
    }
  }
}

/**
 * Waits until SQS has moved the messages. Returns their approximate number.
 * @throws if SQS gives up
 */
async function untilMoved(sqs: SQSClient, arn: string): Promise<number> {
  for (;;) {
    const { Results = [] } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 1 }));
    const [{ Status, FailureReason, ApproximateNumberOfMessagesMoved: moved = 0 } = {}] = Results;
    if (Status === "COMPLETED") return moved;
    if (Status !== "RUNNING") throw new Error(`SQS did not move all messages: ${Status} ${FailureReason ?? ""}`);
    await delay(1000);
  }
}

/**
 * Moves all messages back to their source queue: with SQS's redrive, or one by one on emulators without it.
 * @returns their approximate number
 */
export async function moveBack(
  sqs: SQSClient,
  { url, arn }: DeadLetters,
  source: { readonly url: string },
): Promise<number> {
  try {
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arn }));
  } catch (error) {
    if (error instanceof Error && error.name === "InvalidAction") return moveByHand(sqs, url, source.url);
    throw error;
  }
  return untilMoved(sqs, arn);
}
