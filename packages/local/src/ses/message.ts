import { ServiceError } from "../iam/protocols.ts";
import { isObject, type JsonObject, object, objects, text, texts } from "../json.ts";
import type { Mail } from "../service-types.ts";
import { parseRawMail } from "./raw.ts";

/** A parsed send request: the mail and its sending options. */
export interface SendRequest {
  readonly mail: Mail;
  readonly configurationSet: string | undefined;
  readonly tags: readonly { readonly name: string; readonly value: string }[];
}

export const badRequest = (message: string) => new ServiceError(400, "BadRequestException", message);

const data = (value: unknown) => text(object(value).Data);

/**
 * Parses headers, and refuses those that SES refuses:
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageHeader.html
 */
function headersOf(simple: JsonObject): NonNullable<Mail["headers"]> {
  return objects(simple.Headers).map(({ Name, Value }) => {
    const [name, value] = [text(Name) ?? "", text(Value) ?? ""];
    if (!/^[!-9;-~]{1,126}$/.test(name)) throw badRequest(`Invalid header name: ${name}`);
    if (!/^[ -~]{0,995}$/.test(value) || name.length + value.length > 996)
      throw badRequest(`Invalid value of the header ${name}`);
    return { name, value };
  });
}

function simpleMail(simple: JsonObject): Omit<Mail, "from" | "to"> {
  const body = object(simple.Body);
  const [subject, plain, html] = [data(simple.Subject), data(body.Text), data(body.Html)];
  if (subject === undefined) throw badRequest("Subject is missing.");
  if (plain === undefined && html === undefined) throw badRequest("Body of the message is missing.");
  return {
    subject,
    ...(plain !== undefined && { text: plain }),
    ...(html !== undefined && { html }),
    headers: headersOf(simple),
    attachments: objects(simple.Attachments).map(({ RawContent, ContentType, FileName }) => ({
      content: text(RawContent) ?? "",
      contentType: text(ContentType) ?? "application/octet-stream",
      ...(typeof FileName === "string" && { filename: FileName }),
    })),
  };
}

/** Returns the content. A raw message includes its own addresses. */
function contentOf(content: JsonObject): Omit<Mail, "from" | "to"> & Partial<Mail> {
  if (isObject(content.Simple)) return simpleMail(content.Simple);
  if (isObject(content.Raw)) return parseRawMail(Buffer.from(text(content.Raw.Data) ?? "", "base64"));
  throw badRequest(
    content.Template ? "The local cloud does not support SES templates." : "Content must be Simple, Raw or Template.",
  );
}

function checkAddresses(mail: Mail): void {
  const { cc = [], bcc = [] } = mail;
  const recipients = [...mail.to, ...cc, ...bcc];
  if (recipients.length === 0) throw badRequest("At least one recipient is required.");
  if (recipients.length > 50) throw badRequest("Recipient count exceeds 50.");
  for (const address of [mail.from, ...recipients])
    if (!/[^\s@<]@[^\s@>]+>?$/.test(address)) throw badRequest("Missing final '@domain'");
}

/**
 * Parses the body of SendEmail.
 * @throws ServiceError BadRequestException
 */
export function readSendRequest(body: Uint8Array): SendRequest {
  let request: JsonObject;
  try {
    request = object(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    throw badRequest("The request's body is not JSON.");
  }
  const content = contentOf(object(request.Content));
  const destination = isObject(request.Destination) ? request.Destination : undefined;
  const replyTo = texts(request.ReplyToAddresses);
  const mail: Mail = {
    ...content,
    from: text(request.FromEmailAddress) ?? content.from ?? "",
    to: destination ? texts(destination.ToAddresses) : (content.to ?? []),
    cc: destination ? texts(destination.CcAddresses) : (content.cc ?? []),
    bcc: destination ? texts(destination.BccAddresses) : (content.bcc ?? []),
    replyTo: replyTo.length > 0 ? replyTo : (content.replyTo ?? []),
  };
  checkAddresses(mail);
  const tags = objects(request.EmailTags).map(({ Name, Value }) => ({
    name: text(Name) ?? "",
    value: text(Value) ?? "",
  }));
  return { mail, configurationSet: text(request.ConfigurationSetName), tags };
}
