import type { CachePolicy, Selection } from "./cache-policy.ts";
import { takenEncodings } from "./compress.ts";

/** A request as the viewer-request function left it. */
export interface KeyedRequest {
  /** Encoded. */
  readonly path: string;
  /** Encoded, without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The pairs whose name is meant, as they were sent and in their order. */
function selected(pairs: readonly string[], { behavior, names }: Selection): string[] {
  if (behavior === "none") return [];
  if (behavior === "all") return [...pairs];
  return pairs.filter((pair) => names.includes(pair.split("=")[0] ?? "") === (behavior === "whitelist"));
}

/**
 * What tells answers apart in CloudFront's cache: the path, and what its policy names of the rest. Neither the origin nor `Vary` is
 * part of it. What viewers accept is reduced to the encodings that the policy allows.
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
