import type { Mail } from "../service-types.ts";

/** One part of a MIME message: unfolded headers by lower-case name, and the content before decoding. */
interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly content: Buffer;
}

function parsePart(bytes: Buffer): Part {
  // Header fields are ASCII. latin1 maps each following byte to one character.
  const text = bytes.toString("latin1");
  const end = /\r?\n\r?\n/.exec(text);
  const head = (end ? text.slice(0, end.index) : text).replace(/\r?\n[ \t]+/g, " ");
  const headers = new Map<string, string>();
  for (const line of head.split(/\r?\n/)) {
    const [, name, value = ""] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name) headers.set(name.toLowerCase(), Buffer.from(value, "latin1").toString("utf8"));
  }
  return { headers, content: end ? bytes.subarray(end.index + end[0].length) : Buffer.alloc(0) };
}

/** Returns a parameter of a header: `boundary`, `charset`, `filename`. */
const parameter = (header: string, name: string) => {
  const [, quoted, plain] = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, "i").exec(header) ?? [];
  return quoted ?? plain;
};

function decodeCharset(bytes: Uint8Array, charset = "utf-8"): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/**
 * Decodes quoted-printable (RFC 2045 §6.7): `=C3=A4` is two bytes, and `=` at the end of a line joins it with the next.
 */
function fromQuotedPrintable(text: string): Buffer {
  const joined = text.replace(/[ \t]*=\r?\n/g, "");
  return Buffer.from(
    joined.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
}

/** Decodes encoded words (RFC 2047) in a header: `=?utf-8?B?w6Q=?=`. White space between two of them is dropped. */
const decodeWords = (value: string) =>
  value
    .replace(/(\?=)\s+(?==\?)/g, "$1")
    .replace(/=\?([^?*]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi, (_, charset: string, encoding: string, word: string) =>
      decodeCharset(
        encoding.toLowerCase() === "b" ? Buffer.from(word, "base64") : fromQuotedPrintable(word.replaceAll("_", " ")),
        charset,
      ),
    );

function decoded({ headers, content }: Part): Buffer {
  const encoding = headers.get("content-transfer-encoding")?.trim().toLowerCase();
  if (encoding === "base64") return Buffer.from(content.toString("latin1"), "base64");
  return encoding === "quoted-printable" ? fromQuotedPrintable(content.toString("latin1")) : content;
}

/** Returns the parts that are not multipart, in order. */
function leaves(part: Part): Part[] {
  const type = part.headers.get("content-type") ?? "text/plain";
  const boundary = /^multipart\//i.test(type) ? parameter(type, "boundary") : undefined;
  if (!boundary) return [part];
  const body = `\n${part.content.toString("latin1")}`;
  const sections = body
    .split(new RegExp(`\\r?\\n--${boundary.replace(/[^\w]/g, "\\$&")}(?=--|[ \\t]*\\r?\\n)`))
    .slice(1);
  return sections
    .filter((section) => !section.startsWith("--"))
    .flatMap((section) => leaves(parsePart(Buffer.from(section.replace(/^[ \t]*\r?\n/, ""), "latin1"))));
}

/** Returns the addresses of a header. A comma inside a quoted name does not separate addresses. */
const addresses = (header: string | undefined) =>
  (header?.match(/(?:"[^"]*"|[^,"])+/g) ?? []).map((address) => decodeWords(address.trim())).filter(Boolean);

function bodyOf(parts: readonly Part[]): Pick<Mail, "text" | "html" | "attachments"> {
  let text: string | undefined;
  let html: string | undefined;
  const attachments: { content: string; contentType: string; filename?: string }[] = [];
  for (const part of parts) {
    const type = part.headers.get("content-type") ?? "text/plain";
    const [contentType = "text/plain"] = type.split(";").map((each) => each.trim().toLowerCase());
    const disposition = part.headers.get("content-disposition") ?? "";
    const isBody = !/^attachment/i.test(disposition);
    const words = () => decodeCharset(decoded(part), parameter(type, "charset"));
    if (isBody && contentType === "text/plain" && text === undefined) text = words();
    else if (isBody && contentType === "text/html" && html === undefined) html = words();
    else {
      const filename = parameter(disposition, "filename") ?? parameter(type, "name");
      const content = decoded(part).toString("base64");
      attachments.push({ content, contentType, ...(filename && { filename: decodeWords(filename) }) });
    }
  }
  return { ...(text !== undefined && { text }), ...(html !== undefined && { html }), attachments };
}

const shown = new Set(["from", "to", "cc", "bcc", "reply-to", "subject", "content-type", "content-transfer-encoding"]);

/** Parses a MIME message (RFC 5322, 2045–2047). Without a `From` header, `from` is empty. */
export function parseRawMail(bytes: Buffer): Mail {
  const message = parsePart(bytes);
  const header = (name: string) => message.headers.get(name);
  return {
    from: addresses(header("from"))[0] ?? "",
    to: addresses(header("to")),
    cc: addresses(header("cc")),
    bcc: addresses(header("bcc")),
    replyTo: addresses(header("reply-to")),
    subject: decodeWords(header("subject") ?? "(no subject)"),
    headers: [...message.headers].filter(([name]) => !shown.has(name)).map(([name, value]) => ({ name, value })),
    ...bodyOf(leaves(message)),
  };
}
