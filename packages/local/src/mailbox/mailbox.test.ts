import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keptLog, temporaryFolder } from "../test-cloud.ts";
import { type LocalMailbox, MailNotReceivedError, startMailbox } from "./mailbox.ts";

const log = keptLog();
const mail = {
  from: "Sender <no-reply@example.com>",
  to: ["Ada <Ada@Example.com>"],
  subject: "Hello",
  text: "Hi Ada",
};

let temporary: ReturnType<typeof temporaryFolder>;
let mailbox: LocalMailbox;
beforeEach(async () => {
  temporary = temporaryFolder();
  mailbox = await startMailbox({ dataFolder: temporary.folder, log });
});
afterEach(async () => {
  await mailbox.close();
  temporary.remove();
});

const get = (at: string, init?: RequestInit) => fetch(new URL(at, mailbox.url), init);

describe("the mailbox", () => {
  it("lists the newest mail first and filters by address, ignoring case and display name", async () => {
    await mailbox.deliver(mail);
    await mailbox.deliver({ ...mail, to: ["bob@example.com"], cc: ["Ada <ada@example.com>"], subject: "Second" });
    await mailbox.deliver({ ...mail, to: ["bob@example.com"], subject: "Third" });
    expect(mailbox.list().map((each) => each.subject)).toEqual(["Third", "Second", "Hello"]);
    expect(mailbox.list({ to: "ADA@example.com" }).map((each) => each.subject)).toEqual(["Second", "Hello"]);
  });

  it("waits for a pending mail, finds an existing one, and rejects after the timeout", async () => {
    const later = mailbox.waitFor((each) => each.subject === "Later", 5000);
    await mailbox.deliver(mail);
    const { messageId } = await mailbox.deliver({ ...mail, subject: "Later" });
    expect((await later).messageId).toBe(messageId);
    expect((await mailbox.waitFor((each) => each.subject === "Hello", 0)).body.text).toBe("Hi Ada");
    await expect(mailbox.waitFor((each) => each.subject === "Never", 1)).rejects.toThrow(MailNotReceivedError);
  });

  it("keeps mail across a restart", async () => {
    const { messageId } = await mailbox.deliver(mail);
    await mailbox.close();
    mailbox = await startMailbox({ dataFolder: temporary.folder, log });
    expect(mailbox.list().map((each) => each.messageId)).toEqual([messageId]);
  });

  it("loses no accepted mail when its process is killed", async () => {
    const own = path.join(temporary.folder, "killed");
    const script = `
      import { startMailbox } from ${JSON.stringify(new URL("./mailbox.ts", import.meta.url).href)};
      const mailbox = await startMailbox({ dataFolder: ${JSON.stringify(own)}, log: { info() {}, warn() {}, error() {} } });
      for (let n = 0; ; n++) process.send((await mailbox.deliver({ from: "a@b.c", to: ["d@e.f"], subject: String(n) })).messageId);`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const accepted: string[] = [];
    child.on("message", (id) => {
      accepted.push(String(id));
      if (accepted.length === 20) child.kill("SIGKILL");
    });
    await once(child, "close");
    const again = await startMailbox({ dataFolder: own, log });
    const kept = new Set(again.list().map((each) => each.messageId));
    await again.close();
    expect(accepted.length).toBeGreaterThanOrEqual(20);
    expect(accepted.filter((id) => !kept.has(id))).toEqual([]);
  });
});

describe("GET /store", () => {
  it("answers as aws-ses-v2-local does, oldest first", async () => {
    const content = Buffer.from("x,y").toString("base64");
    await mailbox.deliver({
      ...mail,
      html: "<p>Hi</p>",
      replyTo: ["help@example.com"],
      attachments: [{ content, contentType: "text/csv", filename: "a.csv" }],
    });
    await mailbox.deliver({ ...mail, subject: "Second" });
    const { emails, templates } = await (await get("/store")).json();
    expect(templates).toEqual({});
    expect(emails.map((each: { subject: string }) => each.subject)).toEqual(["Hello", "Second"]);
    expect(emails[0]).toEqual({
      messageId: expect.stringMatching(/^0102[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-000000$/),
      from: "Sender <no-reply@example.com>",
      replyTo: ["help@example.com"],
      destination: { to: ["Ada <Ada@Example.com>"], cc: [], bcc: [] },
      subject: "Hello",
      body: { html: "<p>Hi</p>", text: "Hi Ada" },
      attachments: [{ content, contentType: "text/csv", filename: "a.csv", size: 3 }],
      at: expect.any(Number),
    });
  });

  it("returns the mail to one address", async () => {
    await mailbox.deliver(mail);
    await mailbox.deliver({ ...mail, to: ["grace@example.com"] });
    const { emails } = await (await get("/store?to=grace%40example.com")).json();
    expect(emails.map((each: { destination: object }) => each.destination)).toEqual([
      { to: ["grace@example.com"], cc: [], bcc: [] },
    ]);
  });

  it("omits mail older than `since`, and returns 400 unless `since` is a whole number of seconds", async () => {
    await mailbox.deliver(mail);
    const at = mailbox.list()[0]?.at ?? 0;
    expect((await (await get(`/store?since=${at}`)).json()).emails).toHaveLength(1);
    expect((await (await get(`/store?since=${at + 1}`)).json()).emails).toHaveLength(0);
    expect((await get("/store?since=yesterday")).status).toBe(400);
    expect((await get("/store?since=1&since=2")).status).toBe(400);
  });
});

describe("POST /clear-store", () => {
  it("empties the mailbox", async () => {
    await mailbox.deliver(mail);
    expect(await (await get("/clear-store", { method: "POST" })).json()).toEqual({ message: "Store cleared" });
    expect(mailbox.list()).toEqual([]);
  });

  it("refuses requests from another site", async () => {
    await mailbox.deliver(mail);
    const response = await get("/clear-store", { method: "POST", headers: { origin: "https://example.com" } });
    expect(response.status).toBe(403);
    expect(mailbox.list()).toHaveLength(1);
  });
});

describe("the viewer's server", () => {
  it("refuses foreign host names, which prevents DNS rebinding", async () => {
    const request = http.get(new URL("/store", mailbox.url), { headers: { host: "evil.example.com" } });
    const [response] = await once(request, "response");
    expect(response.resume().statusCode).toBe(403);
  });

  it("serves its page with a strict content security policy", async () => {
    const response = await get("/");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
    expect(response.headers.get("content-security-policy")).not.toContain("unsafe");
    for (const script of ["viewer", "list", "reader", "dom"])
      expect((await get(`/${script}.ts`)).headers.get("content-type")).toContain("javascript");
    expect((await get("/mailbox.ts")).status).toBe(404);
  });

  it("serves a mail's HTML in a sandbox that runs no script and loads nothing", async () => {
    const { messageId } = await mailbox.deliver({ ...mail, html: "<html><head></head><p>Hi<script>1</script>" });
    const response = await get(`/mails/${messageId}/html`);
    expect(response.headers.get("content-security-policy")).toMatch(/^sandbox (?!.*allow-scripts).*default-src 'none'/);
    expect(await response.text()).toContain('<head><base target="_blank">');
  });

  it("notifies an open page of each mail", async () => {
    const response = await get("/events");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    await mailbox.deliver(mail);
    expect((await reader?.read())?.value).toContain("event: change");
    await reader?.cancel();
  });

  it("serves attachments as files, and returns 404 for missing ones", async () => {
    const content = Buffer.from("x,y").toString("base64");
    const attachments = [{ content, contentType: "text/html", filename: "a b.csv" }];
    const { messageId } = await mailbox.deliver({ ...mail, attachments });
    const response = await get(`/mails/${messageId}/attachments/0`);
    expect(response.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''a%20b.csv");
    expect(await response.text()).toBe("x,y");
    expect((await get(`/mails/${messageId}/attachments/1`)).status).toBe(404);
    expect((await get("/mails/none")).status).toBe(404);
  });
});
