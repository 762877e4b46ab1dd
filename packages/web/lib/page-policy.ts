import { inlineScriptHashes } from "./inline-scripts.ts";
import { contentSecurityPolicy } from "./security-headers.ts";
import { uploadOrigin } from "./upload-origin.ts";

/** A response of the server function in Lambda's format. Header names are in lower case. */
export interface PageAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

const { key: policyKey } = contentSecurityPolicy();
const header = policyKey.toLowerCase();
/** Next.js sends it with every page that it prerenders: `HIT`, `STALE`, `MISS` or `REVALIDATED`. */
const nextCacheHeader = "x-nextjs-cache";
const aYear = 31_536_000;

/**
 * Replaces the time that the edge keeps a page which content can change. Next.js sends the time until the page expires,
 * up to an hour, and OpenNext lets the edge serve an expired page for a month. A change is an event that renders the
 * page again, but it does not invalidate the edge, because each path costs money. With this, the edge asks the site
 * after two seconds, and a reader sees a change three seconds later at the latest. The site answers from its cache.
 */
export function withEdgeLifetime<Answer extends PageAnswer>(answer: Answer): Answer {
  const { "cache-control": control, [nextCacheHeader]: state } = answer.headers;
  const seconds = Number(/s-maxage=(\d+)/.exec(control ?? "")?.[1] ?? Number.NaN);
  // Pages without content from the API have a year. A deployment invalidates them.
  if (state === undefined || Number.isNaN(seconds) || seconds >= aYear) return answer;
  const lifetime = "public, max-age=0, s-maxage=2, stale-while-revalidate=1, stale-if-error=86400";
  return { ...answer, headers: { ...answer.headers, "cache-control": lifetime } };
}

/**
 * Makes a response to `?fresh=` uncacheable. An invalidation names the path without this query, so a cached copy would
 * never be invalidated.
 *
 * @param rawQuery the query as received, without the question mark
 */
export const withoutCopies = <Answer extends PageAnswer>(answer: Answer, rawQuery = ""): Answer =>
  /(^|&)fresh=/.test(rawQuery) ? { ...answer, headers: { ...answer.headers, "cache-control": "no-store" } } : answer;

/**
 * Sets the policy of a page to allow exactly its own inline scripts. It is computed from the response, because a page
 * rendered at request time (cold cache or changed content) differs from the one of the build.
 */
export function withPagePolicy<Answer extends PageAnswer>(answer: Answer): Answer {
  const { [header]: policy, ...others } = answer.headers;
  // The headers of a 304 replace those of the cached page. Its policy must stay, because the hashes come from the body,
  // which a 304 does not have.
  if (answer.statusCode === 304) return { ...answer, headers: others };
  if (policy === undefined || !answer.headers["content-type"]?.startsWith("text/html")) return answer;
  const html = Buffer.from(answer.body ?? "", answer.isBase64Encoded ? "base64" : "utf8").toString();
  const { value } = contentSecurityPolicy(inlineScriptHashes(html), uploadOrigin());
  return { ...answer, headers: { ...others, [header]: value } };
}
