import type { OutgoingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { isUnchanged, rangeOf, unconditional } from "../conditions.ts";
import type { OriginResponse } from "../origins/origin.ts";
import type { CachePolicy } from "./cache-policy.ts";
import { createStore, type Entry } from "./cache-store.ts";
import { type Lifetime, lifetimeOf, unkeptHeaders } from "./freshness.ts";

type Headers = Readonly<Record<string, string>>;

/** A request whose response can be cached. */
export interface CacheRequest {
  /** Cache key; see `cacheKeyOf`. */
  readonly key: string;
  /** A method whose responses can be cached. */
  readonly method: string;
  readonly headers: Headers;
  /** Path before and after the viewer-request function. */
  readonly paths: readonly string[];
  readonly policy: CachePolicy;
  /** Returns the distribution's minimum time to live of an error, in seconds. */
  errorTtl(status: number): number;
  /** Sends the request to the origin. */
  fetch(headers: Headers): Promise<OriginResponse>;
  /** Processes a response before it is stored: error page and compression. */
  finish(response: OriginResponse): Promise<OriginResponse>;
}

/** The cache's result for a response, as in `x-cache`. */
export type CacheResult = "Hit" | "Miss" | "RefreshHit" | "Error";

export interface CacheAnswer {
  readonly response: OriginResponse;
  readonly result: CacheResult;
}

/** Maximum size of all entries, in bytes. */
const capacity = 128 * 1024 * 1024;

/** Headers that a 304 does not update, because they belong to the stored body. */
const ofBody = /^(content-|etag$|vary$|transfer-encoding$)/;

/** Builds a response from an entry: complete, partial (206), or unchanged (304). */
function responseOf(entry: Entry, { method, headers: asked }: CacheRequest, now: number): OriginResponse {
  const { status, body } = entry;
  const headers: OutgoingHttpHeaders = { ...entry.headers, age: String(Math.floor((now - entry.storedAt) / 1000)) };
  if (status === 200 && isUnchanged(asked, headers)) {
    const { "content-length": _, ...rest } = headers;
    return { status: 304, headers: rest, body: undefined };
  }
  const whole = asked["if-range"] !== undefined && asked["if-range"] !== headers.etag;
  const range = status === 200 && method === "GET" && !whole ? rangeOf(asked.range, body.length) : undefined;
  if (range === "unsatisfiable") {
    return { status: 416, headers: { "content-range": `bytes */${body.length}`, "content-length": 0 } };
  }
  if (!range) return { status, headers, body: Readable.from([body]) };
  const { first, last } = range;
  const partial = { "content-length": last - first + 1, "content-range": `bytes ${first}-${last}/${body.length}` };
  return { status: 206, headers: { ...headers, ...partial }, body: Readable.from([body.subarray(first, last + 1)]) };
}

/** The origin and its request id, for the log. */
const namesOf = ({ from, requestId }: OriginResponse) => ({
  ...(from !== undefined && { from }),
  ...(requestId !== undefined && { requestId }),
});

const resultOf = ({ status }: OriginResponse, otherwise: CacheResult): CacheResult =>
  status >= 400 ? "Error" : otherwise;

/**
 * CloudFront's cache, in memory. It coalesces concurrent requests for one key, refreshes stale responses in the
 * background (stale-while-revalidate), and serves expired responses when the origin fails (stale-if-error). It is empty
 * at the start of the process, as after an invalidation of `/*`.
 */
export function createCache({ limit = capacity, now = () => performance.now() } = {}) {
  const store = createStore(limit);
  /** Pending requests to the origin, by key. Each resolves to the stored entry, if there is one. */
  const pending = new Map<string, Promise<Entry | undefined>>();

  const keyOf = ({ key, method }: CacheRequest) => `${method} ${key}`;
  const find = (request: CacheRequest) =>
    (request.method === "HEAD" ? store.get(`GET ${request.key}`) : undefined) ?? store.get(keyOf(request));

  const ageOf = (entry: Entry) => (now() - entry.storedAt) / 1000;
  const isUsable = (entry: Entry) => ageOf(entry) < entry.lifetime.fresh || now() < entry.restsUntil;
  const mayServe = (entry: Entry, stale: number) =>
    entry.status < 400 && stale > 0 && ageOf(entry) < entry.lifetime.fresh + stale;

  /**
   * Stores a complete response. Headers that `Cache-Control` excludes from caches are only sent with the first
   * response.
   */
  async function keep(request: CacheRequest, response: OriginResponse, lifetime: Lifetime): Promise<Entry> {
    const body = response.body ? await buffer(response.body) : Buffer.alloc(0);
    const unkept = unkeptHeaders(response.headers);
    const own = Object.entries(response.headers).filter(([name]) => !unkept.has(name));
    // A response to HEAD has the length of the body that GET would return.
    const length = request.method === "HEAD" ? {} : { "content-length": body.length };
    const entry: Entry = {
      status: response.status,
      headers: { ...Object.fromEntries(own), ...length },
      body,
      lifetime,
      storedAt: now(),
      restsUntil: 0,
      paths: request.paths,
      ...(response.from !== undefined && { from: response.from }),
    };
    store.set(keyOf(request), entry);
    return entry;
  }

  /** Updates an entry with the headers of the origin's 304. */
  function renew(request: CacheRequest, entry: Entry, { headers }: OriginResponse): Entry {
    const news = Object.entries(headers).filter(([name]) => !ofBody.test(name));
    const merged = { ...entry, headers: { ...entry.headers, ...Object.fromEntries(news) } };
    const lifetime = lifetimeOf(merged, request.policy, 0) ?? entry.lifetime;
    const renewed = { ...merged, lifetime, storedAt: now(), restsUntil: 0 };
    store.set(keyOf(request), renewed);
    return renewed;
  }

  /** Sends a request to the origin, or revalidates an entry. */
  async function ask(request: CacheRequest, entry: Entry | undefined): Promise<CacheAnswer> {
    const { etag, "last-modified": modified } = entry?.headers ?? {};
    const validators = {
      ...(etag !== undefined && { "if-none-match": String(etag) }),
      ...(modified !== undefined && { "if-modified-since": String(modified) }),
    };
    const known = entry !== undefined && entry.status === 200 && Object.keys(validators).length > 0;
    const asked = known ? { ...unconditional(request.headers), ...validators } : request.headers;
    const answered = await request.fetch(asked);
    if (known && answered.status === 304) {
      const renewed = renew(request, entry, answered);
      return { response: { ...responseOf(renewed, request, now()), ...namesOf(answered) }, result: "RefreshHit" };
    }
    if (entry && answered.status >= 500 && mayServe(entry, entry.lifetime.staleIfError)) {
      answered.body?.resume();
      store.set(keyOf(request), { ...entry, restsUntil: now() + request.errorTtl(answered.status) * 1000 });
      return { response: { ...responseOf(entry, request, now()), ...namesOf(answered) }, result: "Hit" };
    }
    const result = resultOf(answered, "Miss");
    const lifetime = lifetimeOf(answered, request.policy, request.errorTtl(answered.status));
    const response = await request.finish(answered);
    if (!lifetime) {
      if (answered.status !== 206 && answered.status !== 304) store.remove(keyOf(request));
      return { response, result };
    }
    const kept = await keep(request, response, lifetime);
    if (known) return { response: { ...responseOf(kept, request, now()), ...namesOf(response) }, result };
    const headers = { ...response.headers, ...kept.headers };
    return { response: { ...response, headers, body: Readable.from([kept.body]) }, result };
  }

  /**
   * Sends one request per key to the origin. Concurrent requests wait for it and use its response if it can be shared.
   */
  async function askOnce(request: CacheRequest, entry: Entry | undefined): Promise<CacheAnswer> {
    const key = keyOf(request);
    const { promise, resolve } = Promise.withResolvers<Entry | undefined>();
    pending.set(key, promise);
    try {
      return await ask(request, entry);
    } finally {
      pending.delete(key);
      resolve(store.get(key));
    }
  }

  const hit = (entry: Entry, request: CacheRequest): CacheAnswer => {
    const named = entry.from === undefined ? {} : { from: `${entry.from}, from the cache` };
    const response = { ...responseOf(entry, request, now()), ...named };
    return { response, result: resultOf(response, "Hit") };
  };

  return {
    async answer(request: CacheRequest): Promise<CacheAnswer> {
      const entry = find(request);
      if (entry && isUsable(entry)) return hit(entry, request);
      const underway = pending.get(keyOf(request));
      if (entry && mayServe(entry, entry.lifetime.staleWhileRevalidate)) {
        // The next request gets the new response. If the refresh fails, the stale one remains usable for its time.
        if (!underway) askOnce({ ...request, headers: unconditional(request.headers) }, entry).catch(() => {});
        return hit(entry, request);
      }
      if (!underway) return askOnce(request, entry);
      const shared = await underway;
      return shared && isUsable(shared) ? hit(shared, request) : ask(request, shared);
    },
    /**
     * Drops the entries for the given paths.
     * @param paths as in a CloudFront invalidation: each starts with a slash and may end with `*`
     * @returns the number of dropped entries
     */
    invalidate(paths: readonly string[]): number {
      const isMeant = (path: string) =>
        paths.some((each) => (each.endsWith("*") ? path.startsWith(each.slice(0, -1)) : each === path));
      return store.removeAll((entry) => entry.paths.some(isMeant));
    },
  };
}
