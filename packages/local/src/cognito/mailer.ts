import type { Mailbox } from "../service-types.ts";
import { codeDeliveryFailure } from "./errors.ts";
import type { PoolClient } from "./pools.ts";
import { attributesForTrigger } from "./triggers/trigger-attributes.ts";
import type { RunTrigger } from "./triggers/triggers.ts";
import type { User } from "./users.ts";

export interface CodeDelivery {
  readonly AttributeName: "email";
  readonly DeliveryMedium: "EMAIL";
  readonly Destination: string;
}

const placeholder = "{####}";

/** Describes the destination of a code with the address masked: `a***@e***`. */
export function deliveryTo(address: string): CodeDelivery {
  const [name = "", domain = ""] = address.split("@");
  return {
    AttributeName: "email",
    DeliveryMedium: "EMAIL",
    Destination: `${name.slice(0, 1)}***@${domain.slice(0, 1)}***`,
  };
}

/**
 * Converts the HTML body to plain text. Cognito sends only HTML; the text part is for tools that search the mailbox for
 * a code.
 */
const textOf = (html: string) =>
  html
    .replace(/<br\s*\/?>|<\/(p|div|h\d|li)>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .trim();

const textIn = (value: unknown, fallback: string) => (typeof value === "string" && value !== "" ? value : fallback);

/** Sends codes to the mailbox, with the text of the pool or of its CustomMessage trigger. */
export function createMailer(mailbox: Mailbox, runTrigger: RunTrigger) {
  /** @throws CodeDeliveryFailureException if the delivery fails. The user and the code remain in the database. */
  return async function sendCode(
    user: User,
    client: PoolClient,
    code: string,
    source: "SignUp" | "ResendCode" | "ForgotPassword",
    clientMetadata?: Readonly<Record<string, string>>,
  ): Promise<CodeDelivery> {
    const { pool } = client;
    const address = user.attributes.email ?? "";
    const custom = await runTrigger("customMessage", {
      source,
      pool,
      clientId: client.id,
      username: user.username,
      userAttributes: attributesForTrigger(user),
      ...(clientMetadata && { clientMetadata }),
      request: { codeParameter: placeholder, linkParameter: "{##Click Here##}", usernameParameter: null },
      response: { smsMessage: null, emailMessage: null, emailSubject: null },
    });
    const subject = textIn(custom?.emailSubject, pool.mail.subject);
    const html = textIn(custom?.emailMessage, pool.mail.message).replaceAll(placeholder, code);
    await mailbox.deliver({ from: pool.mail.from, to: [address], subject, html, text: textOf(html) }).catch((error) => {
      throw codeDeliveryFailure(`Failed to deliver the code: ${error instanceof Error ? error.message : error}`);
    });
    return deliveryTo(address);
  };
}

export type SendCode = ReturnType<typeof createMailer>;
