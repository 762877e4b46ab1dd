import type { OutgoingHttpHeaders } from "node:http";
import type { CachePolicy } from "./cache-policy.ts";

/** For how long an answer serves, in seconds. */
export interface Lifetime {
  /** As it is. */
  readonly fresh: number;
  /** After that, while a newer one is fetched. */
  readonly staleWhileRevalidate: number;
  /** After that, when the origin fails. */
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

/** Without field names, each of these keeps the whole answer out of caches. */
const isRestricted = (directives: Directives) =>
  directives.has("no-store") || directives.get("no-cache") === "" || directives.get("private") === "";

/** Headers that a `no-cache="Set-Cookie"` or `private="Set-Cookie"` keeps out of caches, in lower case. */
export function unkeptHeaders(headers: OutgoingHttpHeaders): ReadonlySet<string> {
  const directives = directivesOf(headers["cache-control"]);
  const named = ["no-cache", "private"].flatMap((name) => (directives.get(name) ?? "").split(","));
  return new Set(named.map((name) => name.trim().toLowerCase()));
}

/** Kept for a while whatever their headers say, or, below 500, unless these forbid it. */
const keptErrors: ReadonlySet<number> = new Set([404, 414, 500, 501, 502, 503, 504]);
/** Kept only for as long as their headers ask. */
const statedErrors: ReadonlySet<number> = new Set([400, 403, 405, 412, 415]);

function errorLifetime(status: number, directives: Directives, errorTtl: number): Lifetime | undefined {
  const stated = secondsOf(directives, "s-maxage") ?? secondsOf(directives, "max-age");
  if (!keptErrors.has(status) && !(statedErrors.has(status) && stated !== undefined)) return undefined;
  if (status < 500 && isRestricted(directives)) return undefined;
  const fresh = Math.max(errorTtl, stated ?? 0);
  return fresh > 0 ? { fresh, staleWhileRevalidate: 0, staleIfError: 0 } : undefined;
}

/**
 * For how long CloudFront keeps an answer, or `undefined` where it keeps none.
 * @param errorTtl seconds that the distribution keeps an error of this status at least
 */
export function lifetimeOf(
  { status, headers }: { readonly status: number; readonly headers: OutgoingHttpHeaders },
  { minTtl, defaultTtl, maxTtl }: CachePolicy,
  errorTtl: number,
): Lifetime | undefined {
  const directives = directivesOf(headers["cache-control"]);
  // A part of an answer, and that there is nothing new, are no answers that others could be given.
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
    // Without the directive an expired answer still serves while the origin fails.
    staleIfError: Math.min(maxTtl, secondsOf(directives, "stale-if-error") ?? maxTtl),
  };
}
