import { randomBytes, randomUUID } from "node:crypto";
import type { Mail } from "../service-types.ts";

/** A mail in the mailbox, in the shape in which aws-ses-v2-local shows it, so that tools written for that one work here. */
export interface ReceivedMail {
  readonly messageId: string;
  readonly from: string;
  readonly replyTo: readonly string[];
  readonly destination: {
    readonly to: readonly string[];
    readonly cc: readonly string[];
    readonly bcc: readonly string[];
  };
  readonly subject: string;
  readonly body: { readonly html?: string; readonly text?: string };
  readonly attachments: readonly Attachment[];
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
  /** Seconds since 1970. */
  readonly at: number;
}

export interface Attachment {
  /** base64 */
  readonly content: string;
  readonly contentType: string;
  readonly filename?: string;
  /** bytes */
  readonly size: number;
}

/** An id of SES's shape: milliseconds in hex, a UUID, and a counter that SES leaves at zero. */
const newMessageId = (now: number) =>
  `0102${now.toString(16).padStart(12, "0")}-${randomBytes(4).toString("hex")}${randomUUID().slice(8)}-000000`;

/** What the mailbox keeps of a mail that was delivered `now` (milliseconds since 1970). */
export function receive(mail: Mail, now: number): ReceivedMail {
  const { text, html, headers } = mail;
  return {
    messageId: newMessageId(now),
    from: mail.from,
    replyTo: mail.replyTo ?? [],
    destination: { to: mail.to, cc: mail.cc ?? [], bcc: mail.bcc ?? [] },
    subject: mail.subject,
    body: { ...(html !== undefined && { html }), ...(text !== undefined && { text }) },
    attachments: (mail.attachments ?? []).map((part) => ({
      ...part,
      size: Buffer.from(part.content, "base64").length,
    })),
    ...(headers && { headers }),
    at: Math.floor(now / 1000),
  };
}

/** The address alone, in lower case: `ada@example.com` for `Ada <Ada@example.com>`. */
export const addressOf = (mailbox: string): string =>
  (/<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim().toLowerCase();

/** Everyone whom a mail is for: addresses alone, in lower case. */
export const recipientsOf = ({ destination: { to, cc, bcc } }: ReceivedMail): string[] => [
  ...new Set([...to, ...cc, ...bcc].map(addressOf)),
];

/** What a reader sees of an HTML part: no markup, so that a colour such as `#123456` is not mistaken for words. */
const visibleText = (html: string) =>
  html
    .replace(/<(style|script|head)\b.*?<\/\1>/gis, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#?\w+;/g, " ");

/** The words of a mail: its text part, else what its HTML part shows. */
export const wordsOf = ({ body: { text, html } }: ReceivedMail): string => text ?? visibleText(html ?? "");

/** The 6-digit code that a mail is sent for, if there is one. */
export const confirmationCodeOf = (mail: ReceivedMail): string | undefined =>
  /(?<![\d#.,-])\d{6}(?![\d,-]|\.\d)/.exec(`${wordsOf(mail)}\n${mail.subject}`)?.[0];
