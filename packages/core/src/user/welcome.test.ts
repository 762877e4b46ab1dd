import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { type UserId, userIdOf } from "../ids.ts";
import { ensureUser } from "../lifecycle/creation.service.ts";
import { type Mailer, MailRefusedError, MailUncertainError, sesMailer } from "../mail/mailer.ts";
import { suppress } from "../mail/suppression.ts";
import { welcomeMail } from "./welcome.mail.ts";
import { sendWelcome } from "./welcome.service.ts";

const clock = { now: () => new Date("2026-11-21T10:00:00.000Z") };
const appUrl = "https://daybook.test";

/** Responses of the mail service to the next requests. It accepts when none is planned. */
type Answer = (response: ServerResponse) => void;
const accept: Answer = (response) => response.writeHead(200).end('{"MessageId":"1"}');
const refuse =
  (status: number, type: string): Answer =>
  (response) =>
    response.writeHead(status, { "x-amzn-errortype": type }).end(JSON.stringify({ message: type }));
const breakOff: Answer = (response) => response.destroy();

let table: TestTable;
let mailer: Mailer;
let userId: UserId;
/** Bodies of all requests, accepted or not: a mail that SES received may arrive. */
const requests: Record<string, unknown>[] = [];
const planned: Answer[] = [];

const mailService = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  requests.push(JSON.parse(text));
  (planned.shift() ?? accept)(response);
});

const mailerAt = (endpoint: string) =>
  sesMailer(() => ({ sender: "hello@daybook.test" }), { ...table.config, endpoint });

beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
  mailService.listen(0, "127.0.0.1");
  await once(mailService, "listening");
  const address = mailService.address();
  mailer = mailerAt(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
});
afterAll(async () => {
  mailService.closeAllConnections();
  mailService.close();
  await table.close();
});
beforeEach(async () => {
  userId = userIdOf(randomUUID());
  await ensureUser({ actor: { userId }, clock }, "ada@example.com");
  requests.length = 0;
  planned.length = 0;
});

const send = () => sendWelcome({ clock, mailer, appUrl }, userId);
const profile = async () => (await table.items()).find(({ id }) => id === userId);

describe("the welcome mail", () => {
  it("is sent to a new user as HTML and as plain text", async () => {
    expect(await send()).toBe("sent");
    expect(requests).toEqual([
      {
        FromEmailAddress: "Daybook <hello@daybook.test>",
        Destination: { ToAddresses: ["ada@example.com"] },
        Content: {
          Simple: {
            Subject: { Data: "Welcome to Daybook", Charset: "UTF-8" },
            Body: {
              Html: { Data: expect.stringContaining('href="https://daybook.test/todos"'), Charset: "UTF-8" },
              Text: { Data: expect.stringContaining("https://daybook.test/todos"), Charset: "UTF-8" },
            },
          },
        },
      },
    ]);
    expect(await profile()).toMatchObject({
      welcome: { state: "sent", sentAt: "2026-11-21T10:00:00.000Z" },
      version: 1,
    });
  });

  it("is not sent again on redelivery", async () => {
    await send();
    expect(await send()).toBe("already-claimed");
    expect(requests).toHaveLength(1);
  });

  it("is sent once by concurrent consumers", async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, send));
    expect(outcomes.filter((outcome) => outcome === "sent")).toHaveLength(1);
    expect(requests).toHaveLength(1);
  });

  it.each([
    [400, "MessageRejected"],
    [429, "TooManyRequestsException"],
    [403, "AccessDeniedException"],
    [503, "ServiceUnavailable"],
  ])("is retried and sent once after a refusal: %d %s", async (status, type) => {
    planned.push(refuse(status, type));
    await expect(send()).rejects.toThrow(MailRefusedError);
    expect(await profile()).not.toHaveProperty("welcome");
    expect(requests).toHaveLength(1);
    expect(await send()).toBe("sent");
    expect(await send()).toBe("already-claimed");
    expect(requests).toHaveLength(2);
  });

  it("is retried when the mail service was unreachable", async () => {
    const unreached = sendWelcome({ clock, mailer: mailerAt("http://127.0.0.1:1"), appUrl }, userId);
    await expect(unreached).rejects.toThrow(MailRefusedError);
    expect(await send()).toBe("sent");
  });

  it.each([
    ["the answer got lost", breakOff],
    ["the service failed on the way", refuse(500, "InternalFailure")],
  ])("counts as sent when %s", async (_, answer) => {
    planned.push(answer);
    await expect(send()).rejects.toThrow(MailUncertainError);
    expect(await send()).toBe("already-claimed");
    expect(requests).toHaveLength(1);
    expect(await profile()).toMatchObject({ welcome: { state: "sending" } });
  });

  it("counts as sent when the function stops before it records that", async () => {
    const crashing: Mailer = {
      async send(mail) {
        await mailer.send(mail);
        throw new Error("The function stopped here");
      },
    };
    await expect(sendWelcome({ clock, mailer: crashing, appUrl }, userId)).rejects.toThrow("stopped here");
    expect(await send()).toBe("already-claimed");
    expect(requests).toHaveLength(1);
  });

  it.each(["bounce", "complaint"] as const)("is not sent to an address suppressed for a %s", async (reason) => {
    userId = userIdOf(randomUUID());
    await ensureUser({ actor: { userId }, clock }, `${reason}@example.com`);
    await suppress({ clock }, `${reason}@Example.com`, reason);
    expect(await send()).toBe("suppressed");
    expect(await send()).toBe("already-claimed");
    expect(requests).toEqual([]);
    expect(await profile()).toMatchObject({ welcome: { state: "suppressed" } });
  });

  it("is not sent to a deleted user", async () => {
    userId = userIdOf(randomUUID());
    expect(await send()).toBe("already-claimed");
    expect(await profile()).toBeUndefined();
    expect(requests).toEqual([]);
  });

  it("escapes the email address in HTML", () => {
    const { html, text } = welcomeMail({ email: `"<b>&'"@example.com`, appUrl });
    expect(html).toContain("&quot;&lt;b&gt;&amp;&#39;&quot;@example.com");
    expect(html).not.toContain("<b>");
    expect(text).toContain(`"<b>&'"@example.com`);
  });
});
