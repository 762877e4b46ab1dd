import { ServiceError } from "../iam/protocols.ts";
import type { MessageAttributes } from "../service-types.ts";

/** A message to publish. */
export interface Publication {
  readonly message: string;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
}

/** Maximum size in bytes of a message with its attributes. */
const messageLimit = 256 * 1024;

export const invalid = (message: string): ServiceError =>
  new ServiceError(400, "InvalidParameter", `Invalid parameter: ${message}`);

/** Returns the prefixes of a list's members in the query protocol, in order: `prefix.1.`, `prefix.2.`, … */
export function members(form: URLSearchParams, prefix: string): string[] {
  const escaped = prefix.replaceAll(".", "\\.");
  const numbers = [...form.keys()].flatMap((key) => new RegExp(`^${escaped}\\.(\\d+)\\.`).exec(key)?.[1] ?? []);
  return [...new Set(numbers)].sort((a, b) => Number(a) - Number(b)).map((number) => `${prefix}.${number}.`);
}

function attributesOf(form: URLSearchParams, prefix: string): MessageAttributes {
  const entries = members(form, `${prefix}MessageAttributes.entry`).map((entry) => {
    const name = form.get(`${entry}Name`) ?? "";
    const value = (part: string) => form.get(`${entry}Value.${part}`) ?? undefined;
    const [DataType = "", StringValue, BinaryValue] = ["DataType", "StringValue", "BinaryValue"].map(value);
    if (!/^(String|Number|Binary)(\.|$)/.test(DataType))
      throw invalid(`The message attribute '${name}' has an invalid message attribute type`);
    if (!(DataType.startsWith("Binary") ? BinaryValue : StringValue))
      throw invalid(`The message attribute '${name}' must contain non-empty message attribute value`);
    if (DataType.startsWith("Number") && Number.isNaN(Number(StringValue)))
      throw invalid(`Could not cast message attribute '${name}' value to number.`);
    return [
      name,
      {
        DataType,
        ...(StringValue !== undefined && { StringValue }),
        ...(BinaryValue !== undefined && { BinaryValue }),
      },
    ];
  });
  return Object.fromEntries(entries);
}

function sizeOf({ message, attributes }: Publication): number {
  const texts = Object.entries(attributes).flatMap(([name, { DataType, StringValue, BinaryValue }]) => [
    ...[name, DataType, StringValue ?? ""],
    BinaryValue === undefined ? "" : Buffer.from(BinaryValue, "base64").toString("latin1"),
  ]);
  return [message, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/**
 * Reads a message from a request of the query protocol.
 * @param prefix prefix of its fields: empty, or that of a batch entry
 * @throws ServiceError
 */
export function publicationOf(form: URLSearchParams, prefix = ""): Publication {
  const publication: Publication = {
    message: structured(form, prefix),
    subject: form.get(`${prefix}Subject`) ?? undefined,
    attributes: attributesOf(form, prefix),
  };
  const { message, subject } = publication;
  if (message === "") throw invalid("Empty message");
  if (subject !== undefined && (subject.length > 100 || subject === "" || /[\n\r]/.test(subject)))
    throw invalid("Subject");
  if (sizeOf(publication) > messageLimit) throw invalid("Message too long");
  return publication;
}

/** Returns the message. Messages that differ by protocol (`MessageStructure: json`) are not supported. */
function structured(form: URLSearchParams, prefix: string): string {
  const message = form.get(`${prefix}Message`) ?? "";
  if (form.get(`${prefix}MessageStructure`) !== "json") return message;
  throw invalid("MessageStructure: the local cloud does not support a message per protocol");
}
