import type { ResolvedGraph, Resource } from "../graph/graph.ts";
import { inputsOf } from "../inputs.ts";

/** A cache behavior of a distribution: what happens to the paths that it is for. */
export interface Behavior {
  /** `*` is any characters, `?` one; without it, every path. */
  readonly pathPattern?: string;
  readonly targetOriginId: string;
  readonly allowedMethods?: readonly string[];
  readonly compress?: boolean;
  readonly cachePolicyId?: string;
  readonly responseHeadersPolicyId?: string;
  readonly functionAssociations?: readonly { readonly eventType: string; readonly functionArn: string }[];
  readonly lambdaFunctionAssociations?: readonly { readonly eventType: string }[];
}

export interface DistributionInputs {
  readonly defaultCacheBehavior: Behavior;
  readonly orderedCacheBehaviors: readonly Behavior[];
  readonly origins: readonly { readonly originId: string; readonly domainName: string }[];
  readonly customErrorResponses: readonly { readonly errorCode: number; readonly responsePagePath?: string }[];
}

interface CachePolicyInputs {
  readonly parametersInCacheKeyAndForwardedToOrigin: {
    readonly enableAcceptEncodingBrotli?: boolean;
    readonly enableAcceptEncodingGzip?: boolean;
  };
}

/** Encodings that CloudFront may use for a behavior, the preferred one first. */
export function encodingsOf(graph: ResolvedGraph, { compress, cachePolicyId }: Behavior): ("br" | "gzip")[] {
  if (!compress) return [];
  const policy = graph.all("aws:cloudfront:CachePolicy").find(({ id }) => id === cachePolicyId);
  // AWS's managed policies, which are not in the graph, allow both.
  const allowed = policy && inputsOf<CachePolicyInputs>(policy).parametersInCacheKeyAndForwardedToOrigin;
  const both = { enableAcceptEncodingBrotli: true, enableAcceptEncodingGzip: true };
  const { enableAcceptEncodingBrotli, enableAcceptEncodingGzip } = policy ? (allowed ?? {}) : both;
  return [
    ...(enableAcceptEncodingBrotli ? ["br" as const] : []),
    ...(enableAcceptEncodingGzip ? ["gzip" as const] : []),
  ];
}

function matchesPath(pattern: string, path: string): boolean {
  const source = pattern
    .replace(/[\\^$+.()|[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source.startsWith("/") || source.startsWith(".") ? "" : "/"}${source}$`).test(path);
}

/** The first behavior whose pattern fits the path, or the default one. */
export function behaviorOf(distribution: Resource, path: string): Behavior | undefined {
  const { orderedCacheBehaviors = [], defaultCacheBehavior } = inputsOf<DistributionInputs>(distribution);
  return (
    orderedCacheBehaviors.find(({ pathPattern }) => pathPattern && matchesPath(pathPattern, path)) ??
    defaultCacheBehavior
  );
}

/** What of a distribution is not carried out here, in words. */
export function unsupportedParts(distribution: Resource): string[] {
  const {
    orderedCacheBehaviors = [],
    defaultCacheBehavior,
    customErrorResponses = [],
  } = inputsOf<DistributionInputs>(distribution);
  const behaviors = [...orderedCacheBehaviors, ...(defaultCacheBehavior ? [defaultCacheBehavior] : [])];
  const events = behaviors.flatMap(({ functionAssociations = [], lambdaFunctionAssociations = [] }) => [
    ...functionAssociations
      .filter(({ eventType }) => eventType !== "viewer-request")
      .map(({ eventType }) => `${eventType} functions`),
    ...lambdaFunctionAssociations.map(({ eventType }) => `Lambda@Edge at ${eventType}`),
  ]);
  const pages = customErrorResponses
    .filter(({ responsePagePath }) => responsePagePath)
    .map(({ errorCode }) => `the error page of ${errorCode}`);
  return [...new Set([...events, ...pages])];
}
