import type { CachePolicy, Selection } from "./cache-policy.ts";
import { takenEncodings } from "./compress.ts";

/** A request after the viewer-request function. */
export interface KeyedRequest {
  /** Encoded path. */
  readonly path: string;
  /** Encoded query, without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Returns the selected pairs, unchanged and in their order. */
function selected(pairs: readonly string[], { behavior, names }: Selection): string[] {
  if (behavior === "none") return [];
  if (behavior === "all") return [...pairs];
  return pairs.filter((pair) => names.includes(pair.split("=")[0] ?? "") === (behavior === "whitelist"));
}

/**
 * Returns the key of a response in CloudFront's cache: the path, and the parts of the request that the policy names.
 * The key does not include the origin or `Vary`. `Accept-Encoding` is reduced to the encodings that the policy allows.
 */
export function cacheKeyOf({ path, query, headers }: KeyedRequest, policy: CachePolicy): string {
  return JSON.stringify([
    path,
    selected(query.split("&"), policy.query),
    policy.headers.map((name) => headers[name] ?? null),
    selected((headers.cookie ?? "").split(/;\s*/), policy.cookies),
    takenEncodings(headers["accept-encoding"], policy.encodings),
  ]);
}
