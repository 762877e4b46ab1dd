import type { ResolvedGraph } from "../../graph/graph.ts";
import { texts } from "../../json.ts";
import { inputsOf } from "../../resource-inputs.ts";

export type Encoding = "br" | "gzip";

/** Selects cookies or query parameters by name. */
export interface Selection {
  readonly behavior: "none" | "all" | "whitelist" | "allExcept";
  readonly names: readonly string[];
}

/** Defines how long responses are cached, and which parts of a request are in the cache key. Times are in seconds. */
export interface CachePolicy {
  readonly minTtl: number;
  readonly defaultTtl: number;
  readonly maxTtl: number;
  /** Names in lower case. */
  readonly headers: readonly string[];
  readonly cookies: Selection;
  readonly query: Selection;
  /** Encodings in the cache key, with which CloudFront compresses. The preferred one is first. */
  readonly encodings: readonly Encoding[];
}

interface SelectionInputs {
  readonly cookieBehavior?: Selection["behavior"];
  readonly queryStringBehavior?: Selection["behavior"];
  readonly cookies?: { readonly items?: readonly string[] };
  readonly queryStrings?: { readonly items?: readonly string[] };
}

interface CachePolicyInputs {
  readonly minTtl: number;
  readonly defaultTtl: number;
  readonly maxTtl: number;
  readonly parametersInCacheKeyAndForwardedToOrigin: {
    readonly cookiesConfig?: SelectionInputs;
    readonly headersConfig?: { readonly headers?: { readonly items?: readonly string[] } };
    readonly queryStringsConfig?: SelectionInputs;
    readonly enableAcceptEncodingBrotli?: boolean;
    readonly enableAcceptEncodingGzip?: boolean;
  };
}

const none: Selection = { behavior: "none", names: [] };
const all: Selection = { behavior: "all", names: [] };
const day = 86_400;
const year = 365 * day;
const both: readonly Encoding[] = ["br", "gzip"];

/** Disables caching. Used if a behavior's policy is not known. */
const nothing: CachePolicy = {
  minTtl: 0,
  defaultTtl: 0,
  maxTtl: 0,
  headers: [],
  cookies: none,
  query: none,
  encodings: [],
};
const byOrigin: CachePolicy = {
  minTtl: 0,
  defaultTtl: 0,
  maxTtl: year,
  headers: ["host", "origin", "x-http-method-override", "x-http-method", "x-method-override"],
  cookies: all,
  query: none,
  encodings: both,
};
const optimized: CachePolicy = { ...nothing, minTtl: 1, defaultTtl: day, maxTtl: year, encodings: both };

/** AWS's managed policies by id. They are not in the graph. */
const managed: Readonly<Record<string, CachePolicy>> = {
  // CachingDisabled
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": nothing,
  // CachingOptimized
  "658327ea-f89d-4fab-a63d-7e88639e58f6": optimized,
  // CachingOptimizedForUncompressedObjects
  "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": { ...optimized, encodings: [] },
  // UseOriginCacheControlHeaders
  "83da9c7e-98b4-4e11-a168-04f0df8e2c65": byOrigin,
  // UseOriginCacheControlHeaders-QueryStrings
  "4cc15a8a-d715-48a4-82b8-cc0b614638fe": { ...byOrigin, query: all },
};

/** The member of a cache behavior that names its policy. */
interface CachedBehavior {
  readonly cachePolicyId?: string;
}

/** Returns the policy of a behavior. Undefined if it is neither in the graph nor a known managed policy. */
export function knownPolicy(graph: ResolvedGraph, { cachePolicyId }: CachedBehavior): CachePolicy | undefined {
  const resource = graph.all("aws:cloudfront:CachePolicy").find(({ id }) => id === cachePolicyId);
  if (!resource) return managed[cachePolicyId ?? ""];
  const { minTtl = 0, defaultTtl, maxTtl, ...rest } = inputsOf<CachePolicyInputs>(resource);
  const {
    cookiesConfig = {},
    headersConfig = {},
    queryStringsConfig = {},
    ...accept
  } = rest.parametersInCacheKeyAndForwardedToOrigin ?? {};
  const standard = Math.max(minTtl, defaultTtl ?? day);
  return {
    minTtl,
    defaultTtl: standard,
    maxTtl: Math.max(standard, maxTtl ?? year),
    headers: texts(headersConfig.headers?.items).map((name) => name.toLowerCase()),
    cookies: { behavior: cookiesConfig.cookieBehavior ?? "none", names: cookiesConfig.cookies?.items ?? [] },
    query: {
      behavior: queryStringsConfig.queryStringBehavior ?? "none",
      names: queryStringsConfig.queryStrings?.items ?? [],
    },
    encodings: [
      ...(accept.enableAcceptEncodingBrotli ? ["br" as const] : []),
      ...(accept.enableAcceptEncodingGzip ? ["gzip" as const] : []),
    ],
  };
}

/** Returns the policy of a behavior. An unknown policy disables caching. */
export const policyOf = (graph: ResolvedGraph, behavior: CachedBehavior): CachePolicy =>
  knownPolicy(graph, behavior) ?? nothing;
