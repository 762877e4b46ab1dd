import {
  CreateTopicCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Resource } from "../graph/graph.ts";
import { type Queues, startQueues } from "../queues/queues.ts";
import { account, callerOf, functionOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import { type Sns, startSns } from "./sns.ts";

const arnOf = (service: string, name: string) => `arn:aws:${service}:${region}:${account}:${name}`;
const topicArn = arnOf("sns", "orders");
const queueArn = (name: string) => arnOf("sqs", name);
const onOrder = functionOf("onOrder");
const developer = callerOf("developer");
const publisher = callerOf("publisher", [{ Effect: "Allow", Action: "sns:Publish", Resource: topicArn }]);

let temporary: ReturnType<typeof temporaryFolder>;
let queues: Queues;
let sns: Sns | undefined;
let events: unknown[];
const log = keptLog();

const named = (name: string, inputs: object): Resource => ({ name, id: name, ...inputs });
const subscription = (name: string, inputs: object) =>
  named(name, { topic: topicArn, protocol: "sqs", endpoint: queueArn(name), ...inputs });
const graphWith = (...subscriptions: Resource[]) =>
  graphOf(
    {
      "aws:sqs:Queue": ["all", "some", "dead"].map((name) => named(name, { arn: queueArn(name) })),
      "aws:sns:Topic": [
        named("orders", { arn: topicArn }),
        named("ordered", { arn: `${topicArn}.fifo`, fifoTopic: true }),
      ],
      "aws:sns:TopicSubscription": subscriptions,
    },
    [onOrder],
  );

beforeEach(async () => {
  temporary = temporaryFolder();
  events = [];
  queues = await startQueues({ graph: graphWith(), principals: new Map(), dataFolder: temporary.folder, log });
});
afterEach(async () => {
  await sns?.close();
  sns = undefined;
  await queues.close();
  temporary.remove();
});

async function start(...subscriptions: Resource[]): Promise<Sns> {
  sns = await startSns({
    graph: graphWith(...subscriptions),
    principals: new Map([developer.entry, publisher.entry]),
    async deliver(target, body, attributes) {
      if (target.startsWith("arn:aws:sqs:")) await queues.send(target, body, attributes);
      else events.push(JSON.parse(body));
    },
    log,
  });
  return sns;
}
const client = ({ credentials } = developer) =>
  new SNSClient({ endpoint: sns?.url ?? "", region, credentials, maxAttempts: 1 });
const publish = (input: object, caller = developer) =>
  client(caller).send(new PublishCommand({ TopicArn: topicArn, Message: "hello", ...input }));
const MessageAttributes = {
  event: { DataType: "String", StringValue: "order.placed" },
  price: { DataType: "Number", StringValue: "12.5" },
  picture: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2]) },
};

describe("Publish", () => {
  it("delivers a message to a queue in SNS's envelope", async () => {
    await start(subscription("all", {}));
    const { MessageId } = await publish({ Subject: "An order", MessageAttributes });
    const [body = ""] = queues.peek(queueArn("all"));
    expect(JSON.parse(body)).toEqual({
      Type: "Notification",
      MessageId,
      TopicArn: topicArn,
      Subject: "An order",
      Message: "hello",
      Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      SignatureVersion: "1",
      Signature: expect.any(String),
      SigningCertURL: expect.stringContaining("https://sns.eu-west-1.amazonaws.com/"),
      UnsubscribeURL: expect.stringContaining(`SubscriptionArn=${topicArn}:`),
      MessageAttributes: {
        event: { Type: "String", Value: "order.placed" },
        price: { Type: "Number", Value: "12.5" },
        picture: { Type: "Binary", Value: "AQI=" },
      },
    });
  });

  it("delivers the unchanged message with its attributes to a queue with raw delivery", async () => {
    await start(subscription("all", { rawMessageDelivery: true }));
    await publish({ MessageAttributes });
    const { Messages } = await queues.call<{ Messages: { Body: string; MessageAttributes: object }[] }>(
      "ReceiveMessage",
      { QueueUrl: `${queues.url}/${account}/all`, MessageAttributeNames: ["All"] },
    );
    expect(Messages[0]).toMatchObject({
      Body: "hello",
      MessageAttributes: {
        event: MessageAttributes.event,
        price: MessageAttributes.price,
        picture: { BinaryValue: "AQI=" },
      },
    });
  });

  it("delivers a message to a function in Lambda's event format", async () => {
    await start(subscription("OnOrder", { protocol: "lambda", endpoint: onOrder.arn }));
    const { MessageId } = await publish({ MessageAttributes: { event: MessageAttributes.event } });
    expect(events).toMatchObject([
      {
        Records: [
          {
            EventSource: "aws:sns",
            EventVersion: "1.0",
            EventSubscriptionArn: expect.stringMatching(`^${topicArn}:[0-9a-f]{8}-`),
            Sns: {
              Type: "Notification",
              MessageId,
              Subject: null,
              Message: "hello",
              SigningCertUrl: expect.any(String),
              UnsubscribeUrl: expect.any(String),
              MessageAttributes: { event: { Type: "String", Value: "order.placed" } },
            },
          },
        ],
      },
    ]);
  });

  it("delivers only to subscriptions whose filter policy matches", async () => {
    await start(
      subscription("all", {}),
      subscription("some", { filterPolicy: { type: ["wanted"] }, filterPolicyScope: "MessageBody" }),
    );
    await publish({ Message: '{"type":"unwanted"}' });
    await publish({ Message: '{"type":"wanted"}' });
    expect(queues.peek(queueArn("all"))).toHaveLength(2);
    expect(queues.peek(queueArn("some"))).toHaveLength(1);
  });

  it("moves undeliverable messages to the subscription's dead-letter queue", async () => {
    await start(
      subscription("gone", { redrivePolicy: { deadLetterTargetArn: queueArn("dead") } }),
      subscription("all", {}),
    );
    await publish({});
    expect(queues.peek(queueArn("dead")).map((body) => JSON.parse(body).Message)).toEqual(["hello"]);
    expect(queues.peek(queueArn("all"))).toHaveLength(1);
  });

  it("returns the same errors as AWS", async () => {
    await start();
    await expect(publish({ TopicArn: `${topicArn}-x` })).rejects.toMatchObject({ name: "NotFoundException" });
    for (const input of [
      { Message: "" },
      { Message: "x".repeat(256 * 1024 + 1) },
      { Subject: "two\nlines" },
      { MessageAttributes: { n: { DataType: "Number", StringValue: "many" } } },
    ])
      await expect(publish(input)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  it("requires the permission on the topic", async () => {
    await start();
    await expect(publish({}, publisher)).resolves.toBeDefined();
    await expect(publish({ TopicArn: `${topicArn}-x` }, publisher)).rejects.toMatchObject({
      name: "AuthorizationErrorException",
      message: expect.stringContaining("is not authorized to perform: sns:Publish"),
    });
  });
});

describe("PublishBatch", () => {
  it("publishes valid entries and names the failed ones", async () => {
    await start(subscription("all", { rawMessageDelivery: true }));
    const { Successful, Failed } = await client().send(
      new PublishBatchCommand({
        TopicArn: topicArn,
        PublishBatchRequestEntries: [
          { Id: "a", Message: "one" },
          { Id: "b", Message: "two", Subject: "two\nlines" },
          { Id: "c", Message: "three" },
        ],
      }),
    );
    expect(Successful?.map(({ Id }) => Id)).toEqual(["a", "c"]);
    expect(Failed).toMatchObject([{ Id: "b", Code: "InvalidParameter", SenderFault: true }]);
    expect(queues.peek(queueArn("all")).sort()).toEqual(["one", "three"]);
  });

  it("refuses entries with the same id", async () => {
    await start();
    const entries = ["a", "a"].map((Id) => ({ Id, Message: "m" }));
    await expect(
      client().send(new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries: entries })),
    ).rejects.toMatchObject({ name: "BatchEntryIdsNotDistinctException" });
  });
});

describe("topics and subscriptions", () => {
  it("are those of the graph, without FIFO topics", async () => {
    await start();
    expect((await client().send(new ListTopicsCommand())).Topics).toEqual([{ TopicArn: topicArn }]);
    await expect(client().send(new CreateTopicCommand({ Name: "x" }))).rejects.toThrow(
      "does not support SNS's CreateTopic",
    );
  });

  it("are refused with an invalid filter policy", async () => {
    await expect(start(subscription("all", { filterPolicy: { a: "b" } }))).rejects.toThrow(
      "all: its filter policy is not valid",
    );
  });
});
