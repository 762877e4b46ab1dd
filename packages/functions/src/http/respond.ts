import type { Operation, OperationSpec, Output } from "@daybook/core/contract/operation";
import { resources } from "../resources.ts";
import { contentTag, isCurrent, versionTag } from "./etag.ts";
import type { HttpEvent, HttpResponse } from "./event.ts";

/**
 * Result of a handler: the representation, the cursor of the next page, cookies to set, and whether a part is
 * unfinished.
 */
type Reply<Spec extends OperationSpec> = (Spec["response"] extends { readonly body: unknown }
  ? { readonly body: Output<Spec> }
  : { readonly body?: undefined }) & {
  readonly next?: string | undefined;
  readonly cookies?: string[];
} & (Spec["response"] extends { readonly later: string } ? { readonly unfinished: boolean } : unknown);

/** What a handler returns. One without a representation need not return anything. */
export type Result<Spec extends OperationSpec> =
  | Promise<Reply<Spec>>
  | (Spec["response"] extends { readonly body: unknown } | { readonly later: string } ? never : Promise<void>);

interface AnyReply {
  readonly body?: unknown;
  readonly next?: string | undefined;
  readonly cookies?: string[];
  readonly unfinished?: boolean;
}

/**
 * Creates the HTTP response of an operation. Status, caching, entity tag, Location and Link headers follow from the
 * contract and the body.
 */
export function respond(operation: Operation, event: HttpEvent, reply: AnyReply): HttpResponse {
  const { body, next, cookies, unfinished = false } = reply;
  const status = unfinished ? 202 : operation.response.status;
  const headers: Record<string, string> = { "cache-control": cacheControl(operation.cache) };
  const response: HttpResponse = { statusCode: status, headers, ...(cookies && { cookies }) };
  if (body === undefined) return response;

  const text = JSON.stringify(body);
  const tag = operation.cache === "no-store" ? undefined : tagOf(operation, body, text);
  if (tag) headers.etag = tag;
  if (next !== undefined) headers.link = `<${nextUrl(event, next)}>; rel="next"`;
  if (status === 201 && has(body, "url") && typeof body.url === "string") headers.location = body.url;
  if (tag && operation.method === "GET" && isCurrent(event.headers["if-none-match"], tag)) {
    return { ...response, statusCode: 304 };
  }
  headers["content-type"] = "application/json";
  return { ...response, body: text };
}

function cacheControl(cache: Operation["cache"]): string {
  if (cache === "no-store") return "no-store";
  if (cache === "private") return "private, no-cache";
  const fresh = `public, max-age=0, s-maxage=${cache.edgeSeconds}`;
  return cache.staleSeconds === undefined ? fresh : `${fresh}, stale-while-revalidate=${cache.staleSeconds}`;
}

function tagOf({ method, response }: Operation, body: unknown, text: string): string | undefined {
  if (has(body, "version") && typeof body.version === "number") {
    const derived = response.derived?.map((name) => (has(body, name) ? body[name] : undefined));
    return versionTag(body.version, derived);
  }
  return method === "GET" ? contentTag(text) : undefined;
}

const has = <Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key);

/** Returns the URL of the same request for the page at the cursor. */
function nextUrl({ rawPath, queryStringParameters = {} }: HttpEvent, cursor: string): string {
  const url = new URL(rawPath, resources.origin());
  for (const [name, value = ""] of Object.entries(queryStringParameters)) url.searchParams.set(name, value);
  url.searchParams.set("cursor", cursor);
  return url.href;
}
