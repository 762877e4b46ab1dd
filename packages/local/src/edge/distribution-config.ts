import type { ResolvedGraph, Resource } from "../graph/graph.ts";
import { inputsOf } from "../resource-inputs.ts";
import { knownPolicy } from "./cache/cache-policy.ts";

/** A cache behavior of a distribution. */
export interface Behavior {
  /** `*` matches any characters, and `?` matches one. Undefined matches every path. */
  readonly pathPattern?: string;
  readonly targetOriginId: string;
  readonly allowedMethods?: readonly string[];
  /** Methods whose responses can be cached. GET and HEAD always can. */
  readonly cachedMethods?: readonly string[];
  readonly compress?: boolean;
  readonly cachePolicyId?: string;
  readonly originRequestPolicyId?: string;
  readonly responseHeadersPolicyId?: string;
  readonly functionAssociations?: readonly { readonly eventType: string; readonly functionArn: string }[];
  readonly lambdaFunctionAssociations?: readonly { readonly eventType: string }[];
  readonly trustedKeyGroups?: readonly string[];
  readonly trustedSigners?: readonly string[];
}

/** An origin of a distribution. */
export interface DistributionOrigin {
  readonly originId: string;
  readonly domainName: string;
  readonly originAccessControlId?: string;
  readonly customHeaders?: readonly { readonly name: string; readonly value: string }[];
  readonly connectionAttempts?: number;
  /** `originReadTimeout` in seconds. */
  readonly customOriginConfig?: { readonly originReadTimeout?: number };
}

export interface DistributionInputs {
  readonly defaultCacheBehavior: Behavior;
  readonly orderedCacheBehaviors: readonly Behavior[];
  readonly origins: readonly DistributionOrigin[];
  readonly customErrorResponses: readonly CustomErrorResponse[];
  readonly restrictions: { readonly geoRestriction?: { readonly restrictionType?: string } };
}

/** How long an error is cached, and the error page that replaces it. */
interface CustomErrorResponse {
  readonly errorCode: number;
  /** Minimum time to live of the error in the cache, in seconds. */
  readonly errorCachingMinTtl?: number;
  readonly responseCode?: number;
  readonly responsePagePath?: string;
}

function matchesPath(pattern: string, path: string): boolean {
  const source = pattern
    .replace(/[\\^$+.()|[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source.startsWith("/") || source.startsWith(".") ? "" : "/"}${source}$`).test(path);
}

/** Returns the first behavior whose pattern matches the path, or the default behavior. */
export function behaviorOf(distribution: Resource, path: string): Behavior | undefined {
  const { orderedCacheBehaviors = [], defaultCacheBehavior } = inputsOf<DistributionInputs>(distribution);
  return (
    orderedCacheBehaviors.find(({ pathPattern }) => pathPattern && matchesPath(pathPattern, path)) ??
    defaultCacheBehavior
  );
}

/** Returns the minimum time to live of an error in seconds. CloudFront's default is 10. */
export function errorTtlOf(distribution: Resource, status: number): number {
  const { customErrorResponses = [] } = inputsOf<DistributionInputs>(distribution);
  return customErrorResponses.find(({ errorCode }) => errorCode === status)?.errorCachingMinTtl ?? 10;
}

/** Returns the error page for a status, and the status that it is sent with. */
export function errorPageOf(distribution: Resource, status: number): { path: string; status: number } | undefined {
  const { customErrorResponses = [] } = inputsOf<DistributionInputs>(distribution);
  const own = customErrorResponses.find(({ errorCode }) => errorCode === status);
  return own?.responsePagePath ? { path: own.responsePagePath, status: own.responseCode ?? status } : undefined;
}

/**
 * Returns the access restrictions of a behavior that are not supported here: signed URLs, Lambda@Edge on requests, and
 * geographic restrictions. A behavior with one of them refuses every request.
 */
export function missingGuards(distribution: Resource, behavior: Behavior): string[] {
  const { trustedKeyGroups = [], trustedSigners = [], lambdaFunctionAssociations = [] } = behavior;
  const { restrictionType = "none" } = inputsOf<DistributionInputs>(distribution).restrictions?.geoRestriction ?? {};
  return [
    ...(trustedKeyGroups.length + trustedSigners.length > 0 ? ["signed URLs"] : []),
    ...lambdaFunctionAssociations
      .filter(({ eventType }) => eventType.endsWith("-request"))
      .map(({ eventType }) => `Lambda@Edge at ${eventType}`),
    ...(restrictionType === "none" ? [] : ["geographic restrictions"]),
  ];
}

/** Names the settings of a distribution that are not supported here. */
export function unsupportedParts(graph: ResolvedGraph, distribution: Resource): string[] {
  const { orderedCacheBehaviors = [], defaultCacheBehavior } = inputsOf<DistributionInputs>(distribution);
  const behaviors = [...orderedCacheBehaviors, ...(defaultCacheBehavior ? [defaultCacheBehavior] : [])];
  const policies = graph.all("aws:cloudfront:ResponseHeadersPolicy").map(({ id }) => id);
  const parts = behaviors.flatMap((behavior) => {
    const { functionAssociations = [], lambdaFunctionAssociations = [], responseHeadersPolicyId } = behavior;
    const { cachePolicyId } = behavior;
    return [
      ...functionAssociations
        .filter(({ eventType }) => eventType !== "viewer-request")
        .map(({ eventType }) => `${eventType} functions`),
      ...lambdaFunctionAssociations.map(({ eventType }) => `Lambda@Edge at ${eventType}`),
      ...(knownPolicy(graph, behavior)
        ? []
        : [`cache settings ${cachePolicyId ?? "without a policy"} (nothing is cached)`]),
      ...(responseHeadersPolicyId === undefined || policies.includes(responseHeadersPolicyId)
        ? []
        : [`the response headers policy ${responseHeadersPolicyId}`]),
    ];
  });
  return [...new Set(parts)];
}
