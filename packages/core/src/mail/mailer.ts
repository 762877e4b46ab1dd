import { SESv2Client, type SESv2ClientConfig, SESv2ServiceException, SendEmailCommand } from "@aws-sdk/client-sesv2";
import * as brand from "../brand.ts";
import type { CallContext } from "../call-context.ts";
import { limitedClient } from "../call-limits.ts";
import type { RenderedMail } from "./mail.template.ts";

export interface OutgoingMail extends RenderedMail {
  readonly to: string;
}

export interface Mailer {
  /** @throws MailRefusedError, MailUncertainError */
  send(mail: OutgoingMail): Promise<void>;
}

/** A call that sends mail with links to the app. */
export interface MailContext extends CallContext {
  readonly mailer: Mailer;
  /** `https://…`, without a trailing slash. */
  readonly appUrl: string;
}

/** The mail was not sent: the service refused it or could not be reached. */
export class MailRefusedError extends Error {
  override readonly name = "MailRefusedError";
}

/** The mail may have been sent: the service failed, or its response was lost. */
export class MailUncertainError extends Error {
  override readonly name = "MailUncertainError";
}

/** Errors before a connection exists. The service cannot have accepted the mail. */
const unreached = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** The sender of mail, and the name of SES's configuration set for it. Without a set, the sender's default applies. */
interface MailSender {
  readonly sender: string;
  readonly configurationSet?: string;
}

/**
 * Sends mail through SES. SES has no idempotency token, so an SDK retry could send a mail twice. Each call therefore
 * makes one attempt.
 */
export function sesMailer(from: () => MailSender, config: SESv2ClientConfig = {}): Mailer {
  const client = new SESv2Client({
    ...config,
    ...limitedClient("ses"),
  });
  return {
    async send({ to, subject, html, text, unsubscribeUrl }) {
      const part = (Data: string) => ({ Data, Charset: "UTF-8" });
      const { sender, configurationSet } = from();
      const command = new SendEmailCommand({
        FromEmailAddress: `${brand.name} <${sender}>`,
        ConfigurationSetName: configurationSet,
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: {
            Subject: part(subject),
            Body: { Html: part(html), Text: part(text) },
            // RFC 2369. Mail programs show it as a button.
            Headers: unsubscribeUrl ? [{ Name: "List-Unsubscribe", Value: `<${unsubscribeUrl}>` }] : undefined,
          },
        },
      });
      try {
        await client.send(command);
      } catch (cause) {
        if (isRefusal(cause)) throw new MailRefusedError("SES rejected the mail", { cause });
        throw new MailUncertainError("SES did not confirm the mail", { cause });
      }
    },
  };
}

/** Whether the error proves that SES did not accept the mail. A 503 proves it, a 500 does not. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "CredentialsProviderError") return true;
  if ("code" in error && typeof error.code === "string" && unreached.has(error.code)) return true;
  if (!(error instanceof SESv2ServiceException)) return false;
  const status = error.$metadata.httpStatusCode ?? 0;
  return (status >= 400 && status < 500) || status === 503;
}
