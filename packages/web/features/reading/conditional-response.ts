import { createHash } from "node:crypto";

interface Answer {
  readonly body: string;
  readonly type: string;
  /** When it last changed, in ISO 8601, if that is known. */
  readonly changedAt?: string;
}

/**
 * What is read by machines: kept at the edge for moments, which bears any number of them, and for longer only while the site fails;
 * everybody else asks whether it has changed. No event drops it there: a post is in a dozen feeds, each path costs, and no machine minds
 * to wait until its answer is made.
 */
const cacheControl = "public, max-age=0, s-maxage=3, stale-if-error=86400";

/**
 * An answer to a machine that may have the same already, and says so by `If-None-Match` or `If-Modified-Since`. A time has to be the very
 * one that was told: where a post was taken back, the newest change is an older one.
 */
export function answer(request: Request, { body, type, changedAt }: Answer): Response {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  const lastModified = changedAt === undefined ? undefined : new Date(changedAt).toUTCString();
  const headers = new Headers({ etag, "cache-control": cacheControl });
  if (lastModified !== undefined) headers.set("last-modified", lastModified);
  if (isKnown(request.headers, etag, lastModified)) return new Response(null, { status: 304, headers });
  headers.set("content-type", `${type}; charset=utf-8`);
  return new Response(body, { headers });
}

function isKnown(headers: Headers, etag: string, lastModified: string | undefined): boolean {
  const known = headers.get("if-none-match");
  // Compression makes a tag weak on its way.
  if (known !== null) return known === "*" || known.split(",").some((each) => each.trim().replace(/^W\//, "") === etag);
  return lastModified !== undefined && headers.get("if-modified-since") === lastModified;
}

/** Nothing is there, and nobody keeps that: the next moment there may be. */
export const nothing = () => new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
