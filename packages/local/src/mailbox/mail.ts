import { randomBytes, randomUUID } from "node:crypto";
import type { Mail } from "../service-types.ts";

/** A mail in the mailbox. The format is that of aws-ses-v2-local, so that tools written for it work here. */
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
  /** Size in bytes. */
  readonly size: number;
}

/** Creates an id in SES's format: milliseconds in hex, a UUID, and a counter that SES leaves at zero. */
const newMessageId = (now: number) =>
  `0102${now.toString(16).padStart(12, "0")}-${randomBytes(4).toString("hex")}${randomUUID().slice(8)}-000000`;

/** Converts a mail that was delivered at `now` (milliseconds since 1970) to the stored format. */
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

/** Returns the address without the name, in lower case: `ada@example.com` for `Ada <Ada@example.com>`. */
export const addressOf = (mailbox: string): string =>
  (/<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim().toLowerCase();

/** Returns all recipients: addresses without names, in lower case. */
export const recipientsOf = ({ destination: { to, cc, bcc } }: ReceivedMail): string[] => [
  ...new Set([...to, ...cc, ...bcc].map(addressOf)),
];

/**
 * Returns the visible text of an HTML part. Markup is removed, so that a color such as `#123456` is not mistaken for a
 * code.
 */
const visibleText = (html: string) =>
  html
    .replace(/<(style|script|head)\b.*?<\/\1>/gis, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#?\w+;/g, " ");

/** Returns the text of a mail: its text part, or else the visible text of its HTML part. */
export const wordsOf = ({ body: { text, html } }: ReceivedMail): string => text ?? visibleText(html ?? "");

/** Returns the 6-digit code in a mail, if there is one. */
export const confirmationCodeOf = (mail: ReceivedMail): string | undefined =>
  /(?<![\d#.,-])\d{6}(?![\d,-]|\.\d)/.exec(`${wordsOf(mail)}\n${mail.subject}`)?.[0];
