import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Resource } from "../graph/graph.ts";
import { account, callerOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import { type Queues, startQueues } from "./queues.ts";

const arnOf = (name: string) => `arn:aws:sqs:${region}:${account}:${name}`;
const queue = (name: string, inputs: Record<string, unknown> = {}): Resource => ({
  name,
  id: `http://127.0.0.1:0/${account}/${name}`,
  arn: arnOf(name),
  fifoQueue: false,
  ...inputs,
});
const graph = graphOf({
  "aws:sqs:Queue": [
    queue("dlq", { messageRetentionSeconds: 1_209_600 }),
    queue("jobs", {
      visibilityTimeoutSeconds: 0,
      redrivePolicy: { deadLetterTargetArn: arnOf("dlq"), maxReceiveCount: 2 },
    }),
    queue("ordered.fifo", { fifoQueue: true, contentBasedDeduplication: true }),
  ],
});
const developer = callerOf("developer");
const sender = callerOf("sender", [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: arnOf("jobs") }]);
const principals = new Map([developer.entry, sender.entry]);
const temporary = temporaryFolder();
const log = keptLog();
const start = () => startQueues({ graph, principals, dataFolder: temporary.folder, log });

let queues: Queues;
beforeAll(async () => {
  queues = await start();
});
afterAll(async () => {
  await queues.close();
  temporary.remove();
});

const clientOf = ({ credentials }: typeof developer) =>
  new SQSClient({ endpoint: queues.url, region, credentials, maxAttempts: 1 });
const urlOf = (name: string) => `${queues.url}/${account}/${name}`;

describe("startQueues", () => {
  it("creates the queues of the graph with their attributes", async () => {
    const client = clientOf(developer);
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: "jobs" }));
    expect(QueueUrl).toBe(urlOf("jobs"));
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    expect(Attributes).toMatchObject({ QueueArn: arnOf("jobs"), VisibilityTimeout: "0" });
    expect(JSON.parse(Attributes?.RedrivePolicy ?? "")).toEqual({
      deadLetterTargetArn: arnOf("dlq"),
      maxReceiveCount: 2,
    });
  });

  it("lets a function send where its policy allows it, and denies the rest as AWS does", async () => {
    const client = clientOf(sender);
    await client.send(new SendMessageCommand({ QueueUrl: urlOf("jobs"), MessageBody: "one" }));
    const Entries = [{ Id: "a", MessageBody: "two" }];
    await client.send(new SendMessageBatchCommand({ QueueUrl: urlOf("jobs"), Entries }));
    await expect(
      client.send(new SendMessageCommand({ QueueUrl: urlOf("dlq"), MessageBody: "x" })),
    ).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining(`is not authorized to perform: sqs:SendMessage on resource: ${arnOf("dlq")}`),
    });
    await expect(client.send(new ReceiveMessageCommand({ QueueUrl: urlOf("jobs") }))).rejects.toThrow(
      "sqs:ReceiveMessage",
    );
  });

  it("moves a message to the dead-letter queue after too many receives", async () => {
    const client = clientOf(developer);
    const receive = () => client.send(new ReceiveMessageCommand({ QueueUrl: urlOf("jobs"), MaxNumberOfMessages: 10 }));
    expect(queues.peek(arnOf("jobs")).sort()).toEqual(["one", "two"]);
    await receive();
    await receive();
    expect((await receive()).Messages).toBeUndefined();
    expect(queues.peek(arnOf("dlq")).sort()).toEqual(["one", "two"]);
  });

  it("keeps the order of a FIFO queue and removes duplicates", async () => {
    const client = clientOf(developer);
    for (const MessageBody of ["a", "b", "a"])
      await client.send(new SendMessageCommand({ QueueUrl: urlOf("ordered.fifo"), MessageBody, MessageGroupId: "g" }));
    expect(queues.peek(arnOf("ordered.fifo"))).toEqual(["a", "b"]);
  });

  it("keeps its messages across a restart, and returns URLs with its new address", async () => {
    await queues.send(arnOf("jobs"), "kept");
    await queues.close();
    queues = await start();
    const client = clientOf(developer);
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: "jobs" }));
    expect(QueueUrl).toBe(urlOf("jobs"));
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages.map((message) => message.Body)).toEqual(["kept"]);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));
    expect(queues.peek(arnOf("jobs"))).toEqual([]);
  });
});
