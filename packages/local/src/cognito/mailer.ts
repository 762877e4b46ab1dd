import type { Mailbox } from "../service-types.ts";
import { codeDeliveryFailure, invalidLambdaResponse } from "./errors.ts";
import type { Input } from "./input.ts";
import type { Pool, PoolClient } from "./pools.ts";
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
    .replace(/<head\b.*?<\/head>/gis, "")
    .replace(/<br\s*\/?>|<\/(p|div|h\d|li)>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .trim();

/** Cognito's limits for a message and a subject, in characters. */
const limits = { message: 20_000, subject: 140 };

/**
 * Returns the pool's texts, replaced by those that its CustomMessage trigger returned.
 * @throws InvalidLambdaResponseException for texts that Cognito refuses
 */
function contentOf({ mail }: Pool, custom: Input = {}): { subject: string; message: string } {
  const { emailSubject, emailMessage } = custom;
  const given = [emailSubject, emailMessage].filter((value) => value !== undefined && value !== null && value !== "");
  if (given.length > 0 && !mail.throughSes)
    throw invalidLambdaResponse("Custom messages are allowed only if the EmailSendingAccount is DEVELOPER");
  if (given.some((value) => typeof value !== "string")) throw invalidLambdaResponse("Unrecognizable lambda output");
  const subject = String(emailSubject || mail.subject);
  const message = String(emailMessage || mail.message);
  if (!message.includes(placeholder)) throw invalidLambdaResponse("The message does not contain the code parameter");
  if (message.length > limits.message || subject.length > limits.subject)
    throw invalidLambdaResponse("The message or its subject is too long");
  return { subject, message };
}

/** Sends codes to the mailbox, with the text of the pool or of its CustomMessage trigger. */
export function createMailer(mailbox: Mailbox, runTrigger: RunTrigger) {
  /** @throws CodeDeliveryFailureException if the delivery fails. The user and the code remain in the database. */
  return async function sendCode(
    user: User,
    client: PoolClient,
    code: string,
    source: "SignUp" | "ResendCode" | "ForgotPassword" | "UpdateUserAttribute",
    clientMetadata?: Readonly<Record<string, string>>,
    address = user.attributes.email ?? "",
  ): Promise<CodeDelivery> {
    const { pool } = client;
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
    const { subject, message } = contentOf(pool, custom);
    const html = message.replaceAll(placeholder, code);
    await mailbox.deliver({ from: pool.mail.from, to: [address], subject, html, text: textOf(html) }).catch((error) => {
      throw codeDeliveryFailure(`Failed to deliver the code: ${error instanceof Error ? error.message : error}`);
    });
    return deliveryTo(address);
  };
}

export type SendCode = ReturnType<typeof createMailer>;
