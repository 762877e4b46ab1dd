import type { EventEmitter } from "node:events";
import http from "node:http";
import { isForeign, listen } from "../http.ts";
import { confirmationCodeOf, type ReceivedMail, wordsOf } from "./mail.ts";
import type { MailStore } from "./store.ts";
import { viewerFile } from "./viewer.ts";

interface Parts {
  readonly store: MailStore;
  readonly changes: EventEmitter<{ mail: [ReceivedMail]; clear: [] }>;
  readonly clear: () => void;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

const always = { "cache-control": "no-store", "referrer-policy": "no-referrer", "x-content-type-options": "nosniff" };

/** Policy for the HTML part of a mail, which is untrusted: no scripts, no loading, and links open a new tab. */
const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

const json = (body: unknown, status = 200): Answer => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8" },
  body: JSON.stringify(body),
});
const notFound: Answer = json({ message: "Email not found within the store" }, 404);

/** An entry of the viewer's list. */
export type Summary = ReturnType<typeof summaryOf>;
const summaryOf = (mail: ReceivedMail) => ({
  messageId: mail.messageId,
  from: mail.from,
  to: mail.destination.to,
  subject: mail.subject,
  preview: wordsOf(mail).replace(/\s+/g, " ").trim().slice(0, 140),
  code: confirmationCodeOf(mail),
  at: mail.at,
});

/**
 * Implements aws-ses-v2-local's `GET /store`: oldest first, `since` in whole seconds. Templates are not stored. The
 * additional parameter `to` limits the response to mail for one address.
 */
function storeAnswer(store: MailStore, query: URLSearchParams): Answer {
  const [first, ...others] = query.getAll("since");
  const to = query.get("to") ?? undefined;
  if (others.length > 0) return json({ message: "Bad since query param, expected single value" }, 400);
  if (first && !/^(0|-?[1-9]\d*)$/.test(first))
    return json({ message: "Bad since query param, expected integer representing epoch timestamp in seconds" }, 400);
  return json({ templates: {}, emails: store.list({ to, ...(first && { since: Number(first) }) }).reverse() });
}

/** Returns the HTML part. Its links open a new tab instead of replacing the mail in its frame. */
function htmlPart(mail: ReceivedMail): Answer {
  const html = mail.body.html;
  if (html === undefined) return notFound;
  // A mail without any styles is shown in the viewer's color scheme. Any other mail keeps its appearance.
  const scheme = /<(html|body|style)\b|\b(style|bgcolor)=/i.test(html)
    ? ""
    : '<meta name="color-scheme" content="light dark">';
  const base = `<base target="_blank">${scheme}`;
  const page = /<head\b[^>]*>/i.test(html) ? html.replace(/<head\b[^>]*>/i, (head) => head + base) : base + html;
  return { headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": mailPolicy }, body: page };
}

function attachment(mail: ReceivedMail, index: number): Answer {
  const part = mail.attachments[index];
  if (!part) return notFound;
  const name = encodeURIComponent(part.filename ?? `attachment-${index + 1}`);
  return {
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename*=UTF-8''${name}`,
    },
    body: Buffer.from(part.content, "base64"),
  };
}

/** `/mails/{messageId}`, with `/html` or `/attachments/{index}` below it. */
function mailAnswer(store: MailStore, path: string): Answer {
  const [id = "", part, index] = path.split("/").map(decodeURIComponent);
  const mail = store.get(id);
  if (!mail) return notFound;
  if (part === undefined) return json({ ...mail, code: confirmationCodeOf(mail) });
  if (part === "html") return htmlPart(mail);
  return part === "attachments" ? attachment(mail, Number(index)) : notFound;
}

async function get(url: URL, store: MailStore): Promise<Answer> {
  if (url.pathname === "/store") return storeAnswer(store, url.searchParams);
  if (url.pathname === "/health-check") return { body: "" };
  if (url.pathname === "/mails")
    return json(store.list({ to: url.searchParams.get("to") ?? undefined }).map(summaryOf));
  if (url.pathname.startsWith("/mails/")) return mailAnswer(store, url.pathname.slice("/mails/".length));
  return (await viewerFile(url.pathname)) ?? notFound;
}

/** Notifies an open page of each change, so that it reloads the list. */
function streamChanges(changes: Parts["changes"], response: http.ServerResponse): void {
  response.writeHead(200, { ...always, "content-type": "text/event-stream" }).write("retry: 1000\n\n");
  const tell = () => response.write("event: change\ndata: {}\n\n");
  changes.on("mail", tell).on("clear", tell);
  response.on("close", () => changes.off("mail", tell).off("clear", tell));
}

async function answer(request: http.IncomingMessage, { store, clear }: Parts): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://localhost");
  if (isForeign(request)) return json({ message: "The mailbox answers only this machine" }, 403);
  if (request.method === "GET" || request.method === "HEAD") return get(url, store);
  if (request.method !== "POST" || url.pathname !== "/clear-store") return json({ message: "Not found" }, 404);
  clear();
  return json({ message: "Store cleared" });
}

/** Serves the mailbox over HTTP: the viewer for users, `GET /store` and `POST /clear-store` for programs. */
export async function serveMailbox({ port, ...parts }: Parts & { port: number }) {
  const server = http.createServer(async (request, response) => {
    if (request.url === "/events" && !isForeign(request)) return streamChanges(parts.changes, response);
    const {
      status = 200,
      headers,
      body,
    } = await answer(request, parts).catch(() => json({ message: "Bad request" }, 400));
    response.writeHead(status, { ...always, ...headers }).end(request.method === "HEAD" ? undefined : body);
  });
  const { port: actual, close } = await listen(server, port);
  return { url: `http://localhost:${actual}`, close };
}
