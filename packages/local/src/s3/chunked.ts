import type { IncomingHttpHeaders } from "node:http";
import { ServiceError } from "../iam/protocols.ts";

/** A decoded body, with the request's headers and its trailers. */
export interface Payload {
  readonly body: Uint8Array;
  readonly headers: IncomingHttpHeaders;
}

const incomplete = () => new ServiceError(400, "IncompleteBody", "The request body terminated unexpectedly");

function trailersOf(text: string): Record<string, string> {
  const lines = text.split("\r\n").map((line) => [line.indexOf(":"), line] as const);
  return Object.fromEntries(
    lines.flatMap(([at, line]) =>
      at < 1 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]],
    ),
  );
}

/**
 * Decodes a body with the encoding `aws-chunked`: chunks with their sizes in hexadecimal, followed by trailers such as
 * the checksum. Signatures of single chunks are not verified. Any other body is returned unchanged.
 * @throws ServiceError `IncompleteBody`
 */
export function payloadOf(headers: IncomingHttpHeaders, sent: Uint8Array): Payload {
  const encodings = String(headers["content-encoding"] ?? "").split(/,\s*/);
  const signed = String(headers["x-amz-content-sha256"] ?? "").startsWith("STREAMING-");
  if (!encodings.includes("aws-chunked") && !signed) return { body: sent, headers };
  const bytes = Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength);
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = bytes.indexOf("\r\n", at);
    const size = end < 0 ? Number.NaN : Number.parseInt(bytes.toString("latin1", at, end), 16);
    if (!(size >= 0) || end + 2 + size > bytes.length) throw incomplete();
    at = end + 2;
    if (size === 0) break;
    chunks.push(bytes.subarray(at, at + size));
    at += size + 2;
  }
  const body = Buffer.concat(chunks);
  const declared = headers["x-amz-decoded-content-length"];
  if (declared !== undefined && Number(declared) !== body.length) throw incomplete();
  const { "content-encoding": _, ...rest } = headers;
  const left = encodings.filter((name) => name !== "aws-chunked" && name !== "").join(",");
  return {
    body,
    headers: { ...rest, ...(left && { "content-encoding": left }), ...trailersOf(bytes.toString("latin1", at)) },
  };
}
