import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";
import { SendMessageCommand, type SendMessageCommandInput, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { sampleOf } from "../../scripts/redrive/sample.ts";
import { mailTo, newUser, variable } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

const root = path.resolve(import.meta.dirname, "../..");
let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await runCloud();
});
afterEach(() => cloud.ses.faults.clear());
afterAll(() => cloud.remove());

/** Runs `npm run redrive` with the variables of aws.env. */
async function redrive(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [path.join(root, "scripts/redrive.ts"), ...args, "--stage", "local"], {
    env: { PATH: process.env.PATH ?? "", NO_COLOR: "1", ...cloud.env },
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, output: output + errors };
}

/** Creates a user whose welcome email SES refuses until it is in the dead-letter queue. */
async function unwelcomed(times = 6): Promise<string> {
  cloud.ses.faults.next({ operation: "SendEmail", times, error: { status: 400, code: "MessageRejected" } });
  const { email } = await newUser(cloud.env);
  await cloud.streams.drained();
  return email;
}

/** Sends a message to a queue of the cloud. */
async function send(queue: string, message: Omit<SendMessageCommandInput, "QueueUrl">): Promise<void> {
  const endpoint = variable(cloud.env, "AWS_ENDPOINT_URL_SQS");
  const credentials = {
    accessKeyId: variable(cloud.env, "AWS_ACCESS_KEY_ID"),
    secretAccessKey: variable(cloud.env, "AWS_SECRET_ACCESS_KEY"),
  };
  const sqs = new SQSClient({ region: "eu-west-1", endpoint, credentials });
  const QueueUrl = `${endpoint}/000000000000/daybook-local-${queue}`;
  await sqs.send(new SendMessageCommand({ QueueUrl, ...message }));
}

const welcomes = async (email: string) =>
  (await mailTo(cloud.env, email)).filter(({ body }) => !/\b\d{6}\b/.test(body.text ?? "")).length;

describe("npm run redrive", () => {
  it("lists the dead-letter queues with their depth and source", async () => {
    const { code, output } = await redrive();
    expect(output).toMatch(/CleanUpDlq +0 +from daybook-local-CleanUpJobsQueue/);
    expect(output).toMatch(/PublishEventsDlq +0 +from a stream, a schedule or an event/);
    expect(output).not.toMatch(/^ +\S+ CleanUpJobs /m);
    expect(code).toBe(0);
  });

  it("reads stream records again and invokes their function", async () => {
    const email = await unwelcomed();
    expect(await welcomes(email)).toBe(0);
    expect((await redrive()).output).toMatch(/• WelcomeEmailDlq +1 /);

    const looked = await redrive("WelcomeEmailDlq", "--look");
    expect(looked.output).toContain('"condition": "RetryAttemptsExhausted"');
    expect(await welcomes(email)).toBe(0);

    const { code, output } = await redrive("WelcomeEmailDlq");
    expect(output).toContain("1 redriven, 0 failed again");
    expect(code).toBe(0);
    expect(await welcomes(email)).toBe(1);
    expect((await redrive()).output).toMatch(/✓ WelcomeEmailDlq +0 /);
  });

  it("keeps records that fail again in the queue, and says so", async () => {
    const email = await unwelcomed(7);
    const { code, output } = await redrive("welcomeemaildlq");
    expect(output).toMatch(/0 redriven, 1 failed again/);
    expect(output).toContain("1 of 1 records failed again");
    expect(code).toBe(1);
    expect(await welcomes(email)).toBe(0);
    expect((await redrive()).output).toMatch(/• WelcomeEmailDlq +1 /);
  });

  it("moves messages back to their source queue", async () => {
    for (const nonsense of ["one", "two"]) await send("CleanUpDlqQueue", { MessageBody: nonsense });
    const { output } = await redrive("CleanUpDlq");
    expect(output).toContain("3 characters, not JSON");
    expect(output).toContain("2 redriven, 0 failed again");
    const listed = await redrive();
    expect(listed.output).toMatch(/CleanUpDlq +0 /);
  });

  it("invokes the function that a schedule could not invoke", async () => {
    const name = "daybook-local-RemoveOrphansFunction";
    const arn = `arn:aws:lambda:eu-west-1:000000000000:function:${name}`;
    const MessageAttributes = { TARGET_ARN: { DataType: "String", StringValue: arn } };
    await send("RemoveOrphansDlqQueue", { MessageBody: "{}", MessageAttributes });
    const { output } = await redrive("RemoveOrphansDlq");
    expect(output).toContain("1 redriven, 0 failed again");
    await vi.waitFor(() => expect(cloud.log()).toMatch(/RemoveOrphansFunction/), { timeout: 20_000, interval: 50 });
  });

  it("lists the queues if the name is unknown", async () => {
    const { code, output } = await redrive("Nothing");
    expect(output).toMatch(/local has no dead-letter queue Nothing\.\n +Its dead-letter queues: .*CleanUpDlq/);
    expect(code).toBe(1);
  });
});

it("masks user text in the sample of a message", () => {
  const body = {
    requestPayload: { title: "Ring the dentist", done: false },
    requestContext: { functionArn: "arn:aws" },
  };
  const sample = sampleOf(JSON.stringify(body));
  expect(sample).not.toContain("dentist");
  expect(JSON.parse(sample)).toEqual({
    requestPayload: { title: "… (16 characters)", done: false },
    requestContext: { functionArn: "arn:aws" },
  });
});
