import { createHash } from "node:crypto";

interface Answer {
  readonly body: string;
  readonly type: string;
  /** When the content last changed, in ISO 8601, if known. */
  readonly changedAt?: string | undefined;
}

/**
 * Caching for responses to machines, such as sitemaps. The edge keeps them for three seconds, which absorbs any request
 * rate, and for a day if the site fails. Browsers and other caches must revalidate. Events do not invalidate these
 * responses: each invalidated path costs money, and machines can wait for a render.
 */
const cacheControl = "public, max-age=0, s-maxage=3, stale-if-error=86400";

/**
 * Responds with 304 if the client has the current content (`If-None-Match` or `If-Modified-Since`). The time must be
 * equal to `Last-Modified`, not just later: unpublishing the newest post moves `Last-Modified` back.
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
  // Compression on the way to the client turns the tag into a weak one (`W/`).
  if (known !== null) return known === "*" || known.split(",").some((each) => each.trim().replace(/^W\//, "") === etag);
  return lastModified !== undefined && headers.get("if-modified-since") === lastModified;
}

/** A 404 that is not cached, because the content may exist a moment later. */
export const nothing = () => new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
