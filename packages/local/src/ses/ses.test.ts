import {
  GetAccountCommand,
  ListEmailIdentitiesCommand,
  SESv2Client,
  SendEmailCommand,
  type SendEmailCommandInput,
} from "@aws-sdk/client-sesv2";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Resource } from "../graph/graph.ts";
import { type LocalMailbox, startMailbox } from "../mailbox/mailbox.ts";
import { account, callerOf, graphOf, keptLog, region, temporaryFolder } from "../test-cloud.ts";
import { type Ses, startSes } from "./ses.ts";

const arn = (rest: string) => `arn:aws:ses:${region}:${account}:${rest}`;
const resources: Readonly<Record<string, readonly Resource[]>> = {
  "aws:sesv2:EmailIdentity": [
    { name: "Sender", id: "hello@example.com", emailIdentity: "hello@example.com", configurationSetName: "config" },
    { name: "Domain", id: "example.org", emailIdentity: "example.org" },
  ],
  "aws:sesv2:ConfigurationSet": [{ name: "Config", id: "config" }],
  "aws:sesv2:ConfigurationSetEventDestination": [
    {
      name: "Feedback",
      id: "feedback",
      configurationSetName: "config",
      eventDestination: {
        enabled: true,
        matchingEventTypes: ["BOUNCE", "COMPLAINT"],
        snsDestination: { topicArn: "arn:aws:sns:eu-west-1:000000000000:feedback" },
      },
    },
  ],
};
const both = [arn("identity/hello@example.com"), arn("configuration-set/config")];
const may = (name: string, resources: readonly string[], from?: string) => {
  const Condition = from && { StringEquals: { "ses:FromAddress": from } };
  return callerOf(name, [
    { Effect: "Allow", Action: "ses:SendEmail", Resource: resources, ...(Condition && { Condition }) },
  ]);
};
const developer = callerOf("developer");
const sender = may("sender", both, "hello@example.com");
const other = may("other", both, "other@example.com");
const withoutSet = may("withoutset", [arn("identity/hello@example.com")]);
const principals = new Map([developer.entry, sender.entry, other.entry, withoutSet.entry]);

const published: { topicArn: string; event: Record<string, unknown> }[] = [];
const deliver = async (topicArn: string, message: string) => {
  published.push({ topicArn, event: JSON.parse(message) });
};

let temporary: ReturnType<typeof temporaryFolder>;
let mailbox: LocalMailbox;
let ses: Ses;
beforeEach(async () => {
  temporary = temporaryFolder();
  mailbox = await startMailbox({ dataFolder: temporary.folder, log: keptLog() });
  published.length = 0;
  ses = await startSes({ graph: graphOf(resources), principals, mailbox, deliver, log: keptLog() });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await ses.close();
  await mailbox.close();
  temporary.remove();
});

const client = ({ credentials } = developer, maxAttempts = 1) =>
  new SESv2Client({ endpoint: ses.url, region, credentials, maxAttempts });
const mail: SendEmailCommandInput = {
  FromEmailAddress: "Sender <hello@example.com>",
  Destination: { ToAddresses: ["ada@example.com"] },
  Content: { Simple: { Subject: { Data: "Hello" }, Body: { Text: { Data: "Hi" }, Html: { Data: "<p>Hi" } } } },
};
const send = (input: Partial<SendEmailCommandInput> = {}, sdk = client()) =>
  sdk.send(new SendEmailCommand({ ...mail, ...input }));

describe("SendEmail", () => {
  it("stores a mail with all its fields in the mailbox", async () => {
    const { MessageId } = await send({
      Destination: {
        ToAddresses: ["ada@example.com"],
        CcAddresses: ["c@example.com"],
        BccAddresses: ["b@example.com"],
      },
      ReplyToAddresses: ["help@example.com"],
      ConfigurationSetName: "config",
      EmailTags: [{ Name: "kind", Value: "welcome" }],
      Content: {
        Simple: {
          Subject: { Data: "Grüße" },
          Body: { Text: { Data: "Hi" }, Html: { Data: "<p>Hi" } },
          Headers: [{ Name: "X-Custom", Value: "1" }],
          Attachments: [{ FileName: "a.csv", RawContent: Buffer.from("x,y"), ContentType: "text/csv" }],
        },
      },
    });
    expect(mailbox.list()).toEqual([
      {
        messageId: MessageId,
        from: "Sender <hello@example.com>",
        replyTo: ["help@example.com"],
        destination: { to: ["ada@example.com"], cc: ["c@example.com"], bcc: ["b@example.com"] },
        subject: "Grüße",
        body: { text: "Hi", html: "<p>Hi" },
        headers: [
          { name: "X-Custom", value: "1" },
          { name: "X-SES-CONFIGURATION-SET", value: "config" },
          { name: "X-SES-MESSAGE-TAGS", value: "kind=welcome" },
        ],
        attachments: [
          { content: Buffer.from("x,y").toString("base64"), contentType: "text/csv", filename: "a.csv", size: 3 },
        ],
        at: expect.any(Number),
      },
    ]);
  });

  it("is reachable for the SDK through its environment variable", async () => {
    for (const [name, url] of Object.entries(ses.endpoints ?? {})) vi.stubEnv(name, url);
    await send({}, new SESv2Client({ region, credentials: developer.credentials }));
    expect(mailbox.list()).toHaveLength(1);
  });

  it("accepts a raw message and uses its addresses when the request has none", async () => {
    const Data = Buffer.from(["From: hello@example.com", "To: ada@example.com", "Subject: Raw", "", "Hi"].join("\r\n"));
    await client().send(new SendEmailCommand({ Content: { Raw: { Data } } }));
    expect(mailbox.list()[0]).toMatchObject({
      subject: "Raw",
      destination: { to: ["ada@example.com"] },
      body: { text: "Hi" },
    });
  });

  it("accepts any address of a domain that is an identity", async () => {
    await send({ FromEmailAddress: "anyone@mail.example.org" });
    expect(mailbox.list()).toHaveLength(1);
  });

  it("refuses a sender that is not an identity of the graph", async () => {
    await expect(send({ FromEmailAddress: "x@example.net" })).rejects.toMatchObject({
      name: "MessageRejected",
      message:
        "Email address is not verified. The following identities failed the check in region EU-WEST-1: x@example.net",
    });
    expect(mailbox.list()).toEqual([]);
  });

  it.each([
    ["a name with a colon", { Name: "X:Custom", Value: "1" }],
    ["a long name", { Name: "X".repeat(127), Value: "1" }],
    ["a value with a line break", { Name: "X-Custom", Value: "1\r\nBcc: eve@example.com" }],
    ["a value outside of ASCII", { Name: "X-Custom", Value: "é" }],
    ["a long value", { Name: "X-Custom", Value: "1".repeat(989) }],
  ])("refuses a header with %s", async (_, header) => {
    const Content = { Simple: { ...mail.Content?.Simple, Headers: [header] } };
    await expect(send(Object({ Content }))).rejects.toMatchObject({ name: "BadRequestException" });
    expect(mailbox.list()).toEqual([]);
  });

  it("refuses an unknown configuration set, missing recipients, broken addresses and templates", async () => {
    await expect(send({ ConfigurationSetName: "other" })).rejects.toMatchObject({ name: "NotFoundException" });
    await expect(send({ Destination: { ToAddresses: [] } })).rejects.toMatchObject({ name: "BadRequestException" });
    await expect(send({ Destination: { ToAddresses: ["ada"] } })).rejects.toThrow("Missing final '@domain'");
    await expect(send({ Content: { Template: { TemplateName: "t" } } })).rejects.toThrow(
      "does not support SES templates",
    );
  });
});

describe("mail to an address of SES's mailbox simulator", () => {
  const sendTo = (address: string, input: Partial<SendEmailCommandInput> = {}) =>
    send({ ...input, Destination: { ToAddresses: [address] } });

  it.each([
    ["bounce", "bounce", { eventType: "Bounce", bounce: { bounceType: "Permanent" } }],
    ["bounce+label", "bounce", { eventType: "Bounce", bounce: { bounceSubType: "General" } }],
    ["ooto", "bounce", { eventType: "Bounce", bounce: { bounceType: "Transient" } }],
    ["suppressionlist", "bounce", { eventType: "Bounce", bounce: { bounceSubType: "Suppressed" } }],
    ["complaint", "complaint", { eventType: "Complaint", complaint: { complaintFeedbackType: "abuse" } }],
  ])("is reported to the topic of its configuration set: %s", async (name, kind, event) => {
    const address = `${name}@simulator.amazonses.com`;
    const { MessageId } = await sendTo(address);
    expect(published).toEqual([
      {
        topicArn: "arn:aws:sns:eu-west-1:000000000000:feedback",
        event: expect.objectContaining({ mail: expect.objectContaining({ messageId: MessageId }) }),
      },
    ]);
    expect(published[0]?.event).toMatchObject(event);
    expect(JSON.stringify(published[0]?.event[kind])).toContain(`"emailAddress":"${address}"`);
  });

  it("is not reported when it succeeds, has another recipient, or has no configuration set", async () => {
    await sendTo("success@simulator.amazonses.com");
    await sendTo("bounce@example.com");
    await sendTo("bounce@simulator.amazonses.com", { FromEmailAddress: "anyone@example.org" });
    expect(published).toEqual([]);
    expect(mailbox.list()).toHaveLength(3);
  });
});

describe("IAM", () => {
  it("lets a role send from the address in its condition, and from no other", async () => {
    await send({}, client(sender));
    await expect(send({}, client(other))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining(`ses:SendEmail on resource: ${arn("identity/hello@example.com")}`),
    });
    expect(mailbox.list()).toHaveLength(1);
  });

  it("requires a permission on the configuration set, including the identity's default one", async () => {
    await expect(send({}, client(withoutSet))).rejects.toMatchObject({
      message: expect.stringContaining(arn("configuration-set/config")),
    });
  });

  it("refuses an unsigned request", async () => {
    const response = await fetch(`${ses.url}/v2/email/outbound-emails`, { method: "POST", body: "{}" });
    expect(response.status).toBe(403);
  });
});

describe("faults", () => {
  it("fail the given number of sends and store nothing", async () => {
    ses.faults.next({ times: 2, error: { status: 429, code: "TooManyRequestsException", message: "Rate exceeded" } });
    await expect(send()).rejects.toMatchObject({ name: "TooManyRequestsException" });
    await expect(send()).rejects.toMatchObject({ name: "TooManyRequestsException" });
    await send();
    expect(mailbox.list()).toHaveLength(1);
  });

  it("cut the connection after the mail was accepted", async () => {
    ses.faults.next({ when: "after", error: "cut" });
    await expect(send()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(mailbox.list()).toHaveLength(1);
  });

  it("show that a client that retries sends such a mail twice", async () => {
    ses.faults.next({ when: "after", error: "cut" });
    await send({}, client(developer, 2));
    expect(mailbox.list()).toHaveLength(2);
  });

  it("are removed by clear", async () => {
    ses.faults.next({ error: { code: "MessageRejected" } });
    ses.faults.clear();
    await send();
  });
});

describe("the account", () => {
  it("has verified identities and sending enabled", async () => {
    expect(await client().send(new GetAccountCommand())).toMatchObject({ SendingEnabled: true });
    expect(await client().send(new ListEmailIdentitiesCommand())).toMatchObject({
      EmailIdentities: [
        { IdentityName: "hello@example.com", IdentityType: "EMAIL_ADDRESS" },
        { IdentityName: "example.org", IdentityType: "DOMAIN" },
      ],
    });
  });
});
