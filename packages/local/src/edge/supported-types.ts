import { each, ignored, only, type ResourceRules, type Rules, supported } from "../support/rules.ts";

const description = "It is only a description.";
const encryption = "The edge listens on 127.0.0.1 and speaks plain HTTP.";

const behavior: Rules = {
  ...supported("allowedMethods", "cachePolicyId", "cachedMethods", "compress", "pathPattern"),
  ...supported("functionAssociations", "lambdaFunctionAssociations", "responseHeadersPolicyId", "targetOriginId"),
  ...ignored(encryption, "viewerProtocolPolicy"),
  // AllViewerExceptHostHeader: origins receive all headers, cookies and query strings except Host.
  originRequestPolicyId: only("b689b0a8-53d0-40ab-baf2-68738e2966ac"),
  smoothStreaming: only(false),
};

const origin: Rules = {
  ...supported("connectionAttempts", "customHeaders", "domainName", "originAccessControlId", "originId"),
  customOriginConfig: each(
    supported("originReadTimeout"),
    ignored(encryption, "httpPort", "httpsPort", "originProtocolPolicy", "originSslProtocols"),
    ignored("The edge manages its own connections.", "originKeepaliveTimeout"),
  ),
  ...ignored("The edge reads buckets directly.", "s3OriginConfig"),
  ...ignored("A local origin answers or refuses the connection.", "connectionTimeout"),
};

/** Resource types of CloudFront, and of SST's key-value store. */
export const edgeTypes: Readonly<Record<string, ResourceRules>> = {
  "aws:cloudfront:CachePolicy": {
    ...supported("defaultTtl", "maxTtl", "minTtl", "parametersInCacheKeyAndForwardedToOrigin"),
    ...ignored(description, "comment"),
  },
  "aws:cloudfront:Distribution": {
    ...supported("customErrorResponses"),
    ...ignored(description, "comment"),
    ...ignored(
      "It concerns deployment and monitoring, not requests.",
      ...["waitForDeployment", "loggingConfig", "retainOnDelete"],
    ),
    ...ignored(
      "The distribution has one local address.",
      ...["aliases", "viewerCertificate", "httpVersion", "isIpv6Enabled"],
    ),
    ...ignored("There is one edge location.", "priceClass"),
    enabled: only(true),
    defaultCacheBehavior: each(behavior),
    orderedCacheBehaviors: each(behavior),
    origins: each(origin),
    restrictions: only({ geoRestriction: { restrictionType: "none" } }),
  },
  "aws:cloudfront:Function": {
    ...supported("code", "keyValueStoreAssociations"),
    ...ignored(description, "comment"),
    ...ignored("The graph's code runs.", "publish"),
    runtime: only("cloudfront-js-2.0"),
  },
  "aws:cloudfront:KeyValueStore": ignored(description, "comment"),
  "aws:cloudfront:OriginAccessControl": {
    ...supported("signingBehavior"),
    ...ignored(description, "description", "name"),
    ...ignored("The edge reads buckets directly.", "originAccessControlOriginType"),
    signingProtocol: only("sigv4"),
  },
  "aws:cloudfront:OriginAccessIdentity": "The edge reads buckets directly.",
  "aws:cloudfront:ResponseHeadersPolicy": {
    ...supported("corsConfig", "customHeadersConfig", "removeHeadersConfig"),
    ...ignored(description, "comment"),
    securityHeadersConfig: each(
      supported("contentSecurityPolicy", "contentTypeOptions", "frameOptions", "referrerPolicy"),
      supported("strictTransportSecurity", "xssProtection"),
    ),
  },
  "sst:aws:KvKeys": {
    ...supported("entries", "namespace", "store"),
    ...ignored("The store starts with the graph's entries only.", "purge"),
  },
  "sst:aws:KvRoutesUpdate": supported("entry", "key", "namespace", "store"),
};
