import type { OutgoingHttpHeaders } from "node:http";
import type { CachePolicy } from "./cache-policy.ts";

/** How long a cached response can be used, in seconds. */
export interface Lifetime {
  /** Time for which the response is fresh. */
  readonly fresh: number;
  /** Additional time for which it is served during a refresh. */
  readonly staleWhileRevalidate: number;
  /** Additional time for which it is served when the origin fails. */
  readonly staleIfError: number;
}

type Directives = ReadonlyMap<string, string>;

function directivesOf(header: unknown): Directives {
  const parts = String(header ?? "").matchAll(/([\w-]+)(?:=(?:"([^"]*)"|([^\s,"]*)))?/g);
  return new Map([...parts].map(([, name = "", quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? ""]));
}

function secondsOf(directives: Directives, name: string): number | undefined {
  const value = directives.get(name);
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}

/** Whether the response must not be cached: `no-store`, or `no-cache` or `private` without field names. */
const isRestricted = (directives: Directives) =>
  directives.has("no-store") || directives.get("no-cache") === "" || directives.get("private") === "";

/**
 * Returns the headers that must not be cached, in lower case, from `no-cache="Set-Cookie"` or `private="Set-Cookie"`.
 */
export function unkeptHeaders(headers: OutgoingHttpHeaders): ReadonlySet<string> {
  const directives = directivesOf(headers["cache-control"]);
  const named = ["no-cache", "private"].flatMap((name) => (directives.get(name) ?? "").split(","));
  return new Set(named.map((name) => name.trim().toLowerCase()));
}

/** Errors that are cached even without a `max-age`. Below 500, `no-store`, `no-cache` and `private` prevent it. */
const keptErrors: ReadonlySet<number> = new Set([404, 414, 500, 501, 502, 503, 504]);
/** Errors that are cached only with a `max-age` or `s-maxage`. */
const statedErrors: ReadonlySet<number> = new Set([400, 403, 405, 412, 415]);

function errorLifetime(status: number, directives: Directives, errorTtl: number): Lifetime | undefined {
  const stated = secondsOf(directives, "s-maxage") ?? secondsOf(directives, "max-age");
  if (!keptErrors.has(status) && !(statedErrors.has(status) && stated !== undefined)) return undefined;
  if (status < 500 && isRestricted(directives)) return undefined;
  const fresh = Math.max(errorTtl, stated ?? 0);
  return fresh > 0 ? { fresh, staleWhileRevalidate: 0, staleIfError: 0 } : undefined;
}

/**
 * Returns how long CloudFront caches a response, or `undefined` if it does not.
 * @param errorTtl minimum time to live of an error with this status in the distribution, in seconds
 */
export function lifetimeOf(
  { status, headers }: { readonly status: number; readonly headers: OutgoingHttpHeaders },
  { minTtl, defaultTtl, maxTtl }: CachePolicy,
  errorTtl: number,
): Lifetime | undefined {
  const directives = directivesOf(headers["cache-control"]);
  // A 206 or a 304 cannot be used for other requests.
  if (maxTtl === 0 || status < 200 || status === 206 || status === 304) return undefined;
  if (status >= 400) return errorLifetime(status, directives, errorTtl);
  const restricted = isRestricted(directives) || headers.vary === "*";
  if (restricted && minTtl === 0) return undefined;
  const expires = headers.expires === undefined ? undefined : Date.parse(String(headers.expires)) - Date.now();
  const stated =
    secondsOf(directives, "s-maxage") ??
    secondsOf(directives, "max-age") ??
    (expires === undefined ? undefined : Math.max(0, (expires || 0) / 1000));
  const fresh = restricted ? minTtl : Math.min(maxTtl, Math.max(minTtl, stated ?? defaultTtl));
  const hasValidator = headers.etag !== undefined || headers["last-modified"] !== undefined;
  if (fresh === 0 && !hasValidator) return undefined;
  return {
    fresh,
    staleWhileRevalidate: Math.min(maxTtl, secondsOf(directives, "stale-while-revalidate") ?? 0),
    // Without the directive, an expired response can be served when the origin fails, for up to `maxTtl`.
    staleIfError: Math.min(maxTtl, secondsOf(directives, "stale-if-error") ?? maxTtl),
  };
}
