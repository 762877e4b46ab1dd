import type { OutgoingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { isUnchanged, rangeOf, unconditional } from "../conditions.ts";
import type { OriginResponse } from "../origins/origin.ts";
import type { CachePolicy } from "./cache-policy.ts";
import { createStore, type Entry } from "./cache-store.ts";
import { type Lifetime, lifetimeOf, unkeptHeaders } from "./freshness.ts";

type Headers = Readonly<Record<string, string>>;

/** A request that may be answered from the cache. */
export interface CacheRequest {
  /** What tells its answers from others'; see `cacheKeyOf`. */
  readonly key: string;
  /** One whose answers may be kept. */
  readonly method: string;
  readonly headers: Headers;
  /** Its path before and after the viewer-request function. */
  readonly paths: readonly string[];
  readonly policy: CachePolicy;
  /** Seconds that the distribution keeps an error of a status at least. */
  errorTtl(status: number): number;
  /** Asks the origin. */
  fetch(headers: Headers): Promise<OriginResponse>;
  /** What CloudFront makes of an answer before it keeps it. */
  finish(response: OriginResponse): Promise<OriginResponse>;
}

/** What the cache had to do with an answer, as in `x-cache`. */
export type CacheResult = "Hit" | "Miss" | "RefreshHit" | "Error";

export interface CacheAnswer {
  readonly response: OriginResponse;
  readonly result: CacheResult;
}

/** Bytes of all that is kept. */
const capacity = 128 * 1024 * 1024;

/** Headers that a 304 does not renew: they belong to the body that is kept. */
const ofBody = /^(content-|etag$|vary$|transfer-encoding$)/;

/** A kept answer for one asker: whole, in part, or that it has not changed. */
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

/** What answered, for the log. */
const namesOf = ({ from, requestId }: OriginResponse) => ({
  ...(from !== undefined && { from }),
  ...(requestId !== undefined && { requestId }),
});

const resultOf = ({ status }: OriginResponse, otherwise: CacheResult): CacheResult =>
  status >= 400 ? "Error" : otherwise;

/**
 * CloudFront's cache, in memory: what it keeps and for how long, requests for the same that wait for each other, refreshing behind a
 * stale answer, and going on with an expired one when the origin fails. It begins empty with each process, as after an invalidation
 * of everything.
 */
export function createCache({ limit = capacity, now = () => performance.now() } = {}) {
  const store = createStore(limit);
  /** Requests on their way to the origin; each ends with what was kept of the answer. */
  const pending = new Map<string, Promise<Entry | undefined>>();

  const keyOf = ({ key, method }: CacheRequest) => `${method} ${key}`;
  const find = (request: CacheRequest) =>
    (request.method === "HEAD" ? store.get(`GET ${request.key}`) : undefined) ?? store.get(keyOf(request));

  const ageOf = (entry: Entry) => (now() - entry.storedAt) / 1000;
  const isUsable = (entry: Entry) => ageOf(entry) < entry.lifetime.fresh || now() < entry.restsUntil;
  const mayServe = (entry: Entry, stale: number) =>
    entry.status < 400 && stale > 0 && ageOf(entry) < entry.lifetime.fresh + stale;

  /** Keeps an answer, whole; what its own headers keep out of caches goes to the first asker alone. */
  async function keep(request: CacheRequest, response: OriginResponse, lifetime: Lifetime): Promise<Entry> {
    const body = response.body ? await buffer(response.body) : Buffer.alloc(0);
    const unkept = unkeptHeaders(response.headers);
    const own = Object.entries(response.headers).filter(([name]) => !unkept.has(name));
    // The answer to a HEAD says how long a body would be.
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

  /** The entry with what the origin's 304 says of it. */
  function renew(request: CacheRequest, entry: Entry, { headers }: OriginResponse): Entry {
    const news = Object.entries(headers).filter(([name]) => !ofBody.test(name));
    const merged = { ...entry, headers: { ...entry.headers, ...Object.fromEntries(news) } };
    const lifetime = lifetimeOf(merged, request.policy, 0) ?? entry.lifetime;
    const renewed = { ...merged, lifetime, storedAt: now(), restsUntil: 0 };
    store.set(keyOf(request), renewed);
    return renewed;
  }

  /** Asks the origin for what is not there, or whether what is there is still right. */
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

  /** One request at a time asks the origin for the same; the others see whether its answer is theirs too. */
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
        // Whoever asks next finds the newer answer; a failure leaves the older one for the time that it may be used.
        if (!underway) askOnce({ ...request, headers: unconditional(request.headers) }, entry).catch(() => {});
        return hit(entry, request);
      }
      if (!underway) return askOnce(request, entry);
      const shared = await underway;
      return shared && isUsable(shared) ? hit(shared, request) : ask(request, shared);
    },
    /**
     * Forgets what is kept for the paths.
     * @param paths as in an invalidation of CloudFront: each begins with a slash and may end with `*`
     * @returns how many answers were forgotten
     */
    invalidate(paths: readonly string[]): number {
      const isMeant = (path: string) =>
        paths.some((each) => (each.endsWith("*") ? path.startsWith(each.slice(0, -1)) : each === path));
      return store.removeAll((entry) => entry.paths.some(isMeant));
    },
  };
}

export type Cache = ReturnType<typeof createCache>;
