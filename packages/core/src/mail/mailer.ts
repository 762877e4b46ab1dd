import { SESv2Client, type SESv2ClientConfig, SESv2ServiceException, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { limitedClient } from "../call-limits.ts";

/** A mail with the same content in HTML and in plain text. */
export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Sends mail. */
export interface Mailer {
  /** @throws MailRefusedError, MailUncertainError */
  send(mail: OutgoingMail): Promise<void>;
}

/** The mail did not leave: the service refused it, or was never reached. */
export class MailRefusedError extends Error {
  override readonly name = "MailRefusedError";
}

/** The mail may have left: the service failed on the way, or its answer got lost. */
export class MailUncertainError extends Error {
  override readonly name = "MailUncertainError";
}

/** Errors before a connection is there: nothing can have been accepted. */
const unreached = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** SES. It knows no idempotency token: a repetition by the SDK could send a mail twice, so each call makes one attempt. */
export function sesMailer(sender: () => string, config: SESv2ClientConfig = {}): Mailer {
  const client = new SESv2Client({
    ...config,
    ...limitedClient("ses"),
  });
  return {
    async send({ to, subject, html, text }) {
      const part = (Data: string) => ({ Data, Charset: "UTF-8" });
      const command = new SendEmailCommand({
        FromEmailAddress: sender(),
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: part(subject), Body: { Html: part(html), Text: part(text) } } },
      });
      try {
        await client.send(command);
      } catch (cause) {
        if (isRefusal(cause)) throw new MailRefusedError("The mail was refused", { cause });
        throw new MailUncertainError("Nobody knows whether the mail left", { cause });
      }
    },
  };
}

/** An answer that states why the mail is not accepted. A 500 states nothing; a 503 says that the service took nothing on. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "CredentialsProviderError") return true;
  if ("code" in error && typeof error.code === "string" && unreached.has(error.code)) return true;
  if (!(error instanceof SESv2ServiceException)) return false;
  const status = error.$metadata.httpStatusCode ?? 0;
  return (status >= 400 && status < 500) || status === 503;
}
