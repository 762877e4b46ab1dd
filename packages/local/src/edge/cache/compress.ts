import type { OutgoingHttpHeaders } from "node:http";
import { pipeline, type Transform } from "node:stream";
import zlib from "node:zlib";
import type { OriginResponse } from "../origins/origin.ts";
import type { Encoding } from "./cache-policy.ts";

/** Minimum and maximum length of a response that CloudFront compresses, in bytes. */
const smallest = 1_000;
const largest = 10_000_000;

const compressible = new Set([
  "application/eot",
  "application/font",
  "application/font-sfnt",
  "application/javascript",
  "application/json",
  "application/manifest+json",
  "application/opentype",
  "application/pdf",
  "application/rss+xml",
  "application/vnd.ms-fontobject",
  "application/wasm",
  "application/xhtml+xml",
  "application/xml",
  "font/eot",
  "font/opentype",
  "font/otf",
  "font/ttf",
  "image/svg+xml",
  "text/css",
  "text/csv",
  "text/html",
  "text/javascript",
  "text/js",
  "text/plain",
  "text/richtext",
  "text/tab-separated-values",
  "text/xml",
]);

/**
 * Returns the given encodings that a viewer accepts, in their order. CloudFront reduces `Accept-Encoding` in the same
 * way.
 */
export function takenEncodings(header: string | undefined, encodings: readonly Encoding[]): Encoding[] {
  const offers = (header ?? "").split(",").map((offer) => offer.trim().split(";"));
  const taken = offers.filter(([, ...parameters]) => !parameters.some((each) => /^\s*q=0(\.0*)?\s*$/.test(each)));
  const names = new Set(taken.map(([name = ""]) => name.toLowerCase()));
  return encodings.filter((encoding) => names.has(encoding));
}

/** Uses fast settings, because uncached responses are compressed for each request. */
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

/** Adds `Accept-Encoding` to the `Vary` header. */
function vary({ vary: own }: OutgoingHttpHeaders): string {
  const names = String(own ?? "")
    .split(/,\s*/)
    .filter((name) => name !== "");
  return names.some((name) => name.toLowerCase() === "accept-encoding")
    ? names.join(", ")
    : [...names, "Accept-Encoding"].join(", ");
}

/**
 * Weakens an entity tag, because compression changes the bytes. Returns undefined if the value is not an entity tag.
 */
function weakened(etag: unknown): string | undefined {
  const text = String(etag ?? "");
  if (text.startsWith('"')) return `W/${text}`;
  return text.startsWith("W/") ? text : undefined;
}

/**
 * Compresses a response as CloudFront does.
 * @param encodings allowed encodings, the preferred one first
 */
export function compress(
  response: OriginResponse,
  encodings: readonly Encoding[],
  { method, headers: asked }: { readonly method: string; readonly headers: Readonly<Record<string, string>> },
): OriginResponse {
  if (encodings.length === 0 || !mayCompress(response)) return response;
  const [encoding] = takenEncodings(asked["accept-encoding"], encodings);
  if (!encoding) return { ...response, headers: { ...response.headers, vary: vary(response.headers) } };
  const { etag, "content-length": _, "accept-ranges": __, ...others } = response.headers;
  const headers: OutgoingHttpHeaders = { ...others, vary: vary(response.headers) };
  const tag = weakened(etag);
  headers["content-encoding"] = encoding;
  if (tag !== undefined) headers.etag = tag;
  const { body } = response;
  return { ...response, headers, body: body && method !== "HEAD" ? pipeline(body, encoder(encoding), () => {}) : body };
}
