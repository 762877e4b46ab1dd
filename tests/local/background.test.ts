import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type Cloud, startCloud } from "@daybook/local/cloud";
import type { Graph, GraphFunction, Statement } from "@daybook/local/graph/graph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: graph references look like template placeholders.
const maySend: Statement = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "${ResultsQueue.arn}" };
const worker = (exported: string, concurrency?: number): GraphFunction => ({
  handler: `src/work.${exported}`,
  runtime: "nodejs24.x",
  memory: 128,
  timeout: 10,
  policy: [maySend],
  invokedBy: [],
  ...(concurrency !== undefined && { concurrency }),
});
const onFailure = { onFailure: { destination: "${ResultsQueue.arn}" } };
const onSuccess = { onSuccess: { destination: "${ResultsQueue.arn}" } };

/** A program that only does background work. All results go to one queue. */
const program: Graph = {
  version: 1,
  app: "chores",
  stage: "local",
  region: "eu-west-1",
  functions: { Echo: worker("echo"), Fail: worker("fail"), Single: worker("wait", 1) },
  routes: {},
  resources: {
    "aws:iam:Role": {
      HourlyRole: { policy: [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: "${Echo.arn}" }] },
    },
    "aws:lambda:FunctionEventInvokeConfig": {
      EchoConfig: { functionName: "${Echo.id}", destinationConfig: onSuccess },
      FailConfig: { functionName: "${Fail.id}", destinationConfig: onFailure, maximumRetryAttempts: 1 },
    },
    "aws:scheduler:Schedule": {
      Hourly: {
        scheduleExpression: "cron(0 0 1 1 ? 2199)",
        state: "ENABLED",
        flexibleTimeWindow: { mode: "OFF" },
        target: { arn: "${Echo.arn}", roleArn: "${HourlyRole.arn}", input: { hour: "<aws.scheduler.scheduled-time>" } },
      },
    },
    "aws:sns:Topic": { News: {} },
    "aws:sns:TopicSubscription": {
      ToFunction: { topic: "${News.arn}", protocol: "lambda", endpoint: "${Echo.arn}" },
      ToQueue: {
        topic: "${News.arn}",
        protocol: "sqs",
        endpoint: "${NewsQueue.arn}",
        rawMessageDelivery: true,
        filterPolicy: { kind: [{ prefix: "good" }] },
      },
    },
    "aws:sqs:Queue": { NewsQueue: {}, ResultsQueue: {} },
  },
};
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above.

const source = `
export const echo = async (event) => event;
export const fail = async () => { throw new TypeError("it does not work"); };
export const wait = (event) => new Promise((resolve) => setTimeout(resolve, event.ms));
`;

let folder: string;
let cloud: Cloud;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "chores-"));
  mkdirSync(path.join(folder, "src"));
  writeFileSync(path.join(folder, "src/work.ts"), source);
  writeFileSync(path.join(folder, "graph.json"), JSON.stringify(program));
  cloud = await startCloud({
    graphFile: path.join(folder, "graph.json"),
    root: folder,
    dataFolder: path.join(folder, "data"),
    cacheFolder: path.join(folder, "cache"),
  });
});
afterAll(async () => {
  await cloud?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Returns the configuration of an AWS SDK client, from the environment. */
function configOf(service: string) {
  const { [`AWS_ENDPOINT_URL_${service}`]: endpoint = "", AWS_REGION: region = "" } = cloud.environment;
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = cloud.environment;
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
}
const invoke = (FunctionName: string, event: unknown, InvocationType?: "Event") =>
  new LambdaClient(configOf("LAMBDA")).send(
    new InvokeCommand({
      FunctionName: `chores-local-${FunctionName}`,
      Payload: JSON.stringify(event),
      ...(InvocationType && { InvocationType }),
    }),
  );

/** Receives and deletes the next message of a queue. */
async function take(queue: string): Promise<string> {
  const QueueUrl = cloud.graph.all("aws:sqs:Queue").find(({ name }) => name === queue)?.id;
  const client = new SQSClient(configOf("SQS"));
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
  const [message] = Messages;
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
  return message?.Body ?? "";
}
const nextResult = async () => JSON.parse(await take("ResultsQueue"));

describe("Lambda's API", () => {
  it("invokes a function and returns its result or its error", async () => {
    const done = await invoke("Echo", { n: 1 });
    expect([done.StatusCode, done.Payload?.transformToString()]).toEqual([200, '{"n":1}']);
    const failed = await invoke("Fail", {});
    expect(failed.FunctionError).toBe("Unhandled");
    expect(JSON.parse(failed.Payload?.transformToString() ?? "")).toMatchObject({ errorType: "TypeError" });
  });

  it("throttles synchronous calls above the reserved concurrency", async () => {
    const busy = invoke("Single", { ms: 500 });
    await expect.poll(() => cloud.lambda.instancesOf("Single")).toBe(1);
    await expect(invoke("Single", { ms: 0 })).rejects.toMatchObject({ name: "TooManyRequestsException" });
    await invoke("Single", { ms: 0 }, "Event");
    await busy;
    await cloud.asyncInvocations.drained();
  });

  it("accepts asynchronous events and sends results and failures to the destination", async () => {
    expect((await invoke("Echo", { n: 2 }, "Event")).StatusCode).toBe(202);
    expect(await nextResult()).toMatchObject({
      requestContext: { condition: "Success" },
      requestPayload: { n: 2 },
      responsePayload: { n: 2 },
    });
    await invoke("Fail", { n: 3 }, "Event");
    expect(await nextResult()).toMatchObject({
      requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 2 },
      requestPayload: { n: 3 },
      responsePayload: { errorType: "TypeError", errorMessage: "it does not work" },
    });
  });
});

describe("a topic", () => {
  it("delivers to functions and queues whose filter matches", async () => {
    const TopicArn = cloud.graph.all("aws:sns:Topic")[0]?.arn;
    const client = new SNSClient(configOf("SNS"));
    for (const StringValue of ["bad news", "good news"]) {
      const MessageAttributes = { kind: { DataType: "String", StringValue } };
      await client.send(new PublishCommand({ TopicArn, Message: StringValue, MessageAttributes }));
      const told = await nextResult();
      expect(told.requestPayload.Records[0].Sns).toMatchObject({ Message: StringValue, TopicArn });
    }
    expect(await take("NewsQueue")).toBe("good news");
  });
});

describe("a schedule", () => {
  it("runs on request with its role's permission", async () => {
    await cloud.scheduler.run("Hourly");
    expect(await nextResult()).toMatchObject({ requestPayload: { hour: expect.stringMatching(/^\d{4}-.*Z$/) } });
  });
});
