import type { OutgoingHttpHeaders } from "node:http";
import { pipeline, type Readable, type Transform } from "node:stream";
import zlib from "node:zlib";
import type { OriginResponse } from "./origin.ts";

/** Bytes of an answer that CloudFront compresses. */
const smallest = 1_000;
const largest = 10_000_000;

const compressible = new Set([
  "application/eot",
  "application/font",
  "application/javascript",
  "application/json",
  "application/manifest+json",
  "application/pdf",
  "application/rss+xml",
  "application/vnd.ms-fontobject",
  "application/wasm",
  "application/xhtml+xml",
  "application/xml",
  "font/eot",
  "font/opentype",
  "font/otf",
  "image/svg+xml",
  "text/css",
  "text/csv",
  "text/html",
  "text/javascript",
  "text/js",
  "text/plain",
  "text/richtext",
  "text/xml",
]);

type Encoding = "br" | "gzip";

/** Encodings that the viewer takes. */
function accepted(header: string | undefined): Set<string> {
  const offers = (header ?? "").split(",").map((offer) => offer.trim().split(";"));
  const taken = offers.filter(([, ...parameters]) => !parameters.some((each) => /^\s*q=0(\.0*)?\s*$/.test(each)));
  return new Set(taken.map(([name = ""]) => name.toLowerCase()));
}

/** Fast settings: what is compressed here is compressed for each request. */
function encoder(encoding: Encoding): Transform {
  if (encoding === "gzip") return zlib.createGzip({ level: 6 });
  return zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } });
}

function mayCompress({ status, headers }: OriginResponse): boolean {
  const [type = ""] = String(headers["content-type"] ?? "").split(";");
  const length = Number(headers["content-length"] ?? 0);
  const right = [200, 403, 404].includes(status) && compressible.has(type.trim().toLowerCase());
  return right && headers["content-encoding"] === undefined && length >= smallest && length <= largest;
}

/** What viewers that accept other encodings must be told apart by. */
function vary({ vary: own }: OutgoingHttpHeaders): string {
  const names = String(own ?? "")
    .split(/,\s*/)
    .filter((name) => name !== "");
  return names.some((name) => name.toLowerCase() === "accept-encoding")
    ? names.join(", ")
    : [...names, "Accept-Encoding"].join(", ");
}

/** Compression as CloudFront does it: the answer's strong ETag becomes a weak one, for its bytes are others. */
export function compress(
  response: OriginResponse,
  encodings: readonly Encoding[],
  request: { method?: string | undefined; headers: { "accept-encoding"?: string | string[] | undefined } },
): OriginResponse {
  if (encodings.length === 0 || !mayCompress(response)) return response;
  const taken = accepted([request.headers["accept-encoding"] ?? ""].flat().join(","));
  const encoding = encodings.find((each) => taken.has(each));
  const headers: OutgoingHttpHeaders = { ...response.headers, vary: vary(response.headers) };
  if (!encoding) return { ...response, headers };
  const { etag } = headers;
  delete headers["content-length"];
  delete headers["accept-ranges"];
  headers["content-encoding"] = encoding;
  if (typeof etag === "string" && etag.startsWith('"')) headers.etag = `W/${etag}`;
  const body: Readable | undefined =
    response.body && request.method !== "HEAD" ? pipeline(response.body, encoder(encoding), () => {}) : response.body;
  return { ...response, headers, body };
}
