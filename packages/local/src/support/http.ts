import { carriedOut, each, only, type Rules, withoutEffect } from "./rules.ts";

const looks = "only a person reads it";
const operations = "it is about how AWS deploys and watches, not about what a request meets";
const encrypted = "everything listens on 127.0.0.1 and speaks plain HTTP";

const routeSettings = each(
  carriedOut("routeKey", "throttlingBurstLimit", "throttlingRateLimit"),
  withoutEffect(operations, "detailedMetricsEnabled", "dataTraceEnabled", "loggingLevel"),
);

const behavior: Rules = {
  ...carriedOut(
    "allowedMethods",
    "cachePolicyId",
    "compress",
    "pathPattern",
    "responseHeadersPolicyId",
    "targetOriginId",
  ),
  ...carriedOut("cachedMethods", "functionAssociations", "lambdaFunctionAssociations"),
  ...withoutEffect(encrypted, "viewerProtocolPolicy"),
  // AllViewerExceptHostHeader: origins receive all headers, cookies and query strings except Host.
  originRequestPolicyId: only("b689b0a8-53d0-40ab-baf2-68738e2966ac"),
  smoothStreaming: only(false),
};

const origin: Rules = {
  ...carriedOut("connectionAttempts", "customHeaders", "domainName", "originAccessControlId", "originId"),
  customOriginConfig: each(
    carriedOut("originReadTimeout"),
    withoutEffect(encrypted, "httpPort", "httpsPort", "originProtocolPolicy", "originSslProtocols"),
    withoutEffect("connections are kept as long as they serve", "originKeepaliveTimeout"),
  ),
  ...withoutEffect("the edge reads buckets itself", "s3OriginConfig"),
  ...withoutEffect("an origin of this machine answers or is down", "connectionTimeout"),
};

/** Rules for HTTP APIs and distributions. */
export const http: Readonly<Record<string, Rules>> = {
  "aws:apigatewayv2:Api": {
    ...carriedOut("corsConfiguration", "disableExecuteApiEndpoint"),
    ...withoutEffect(looks, "description", "version"),
    ...withoutEffect("it is about AWS's own addresses", "ipAddressType"),
    protocolType: only("HTTP"),
  },
  "aws:apigatewayv2:Authorizer": {
    ...carriedOut("apiId", "authorizerType", "identitySources", "jwtConfiguration"),
  },
  "aws:apigatewayv2:Stage": {
    ...carriedOut("apiId", "name"),
    ...withoutEffect(operations, "autoDeploy", "description", "deploymentId"),
    defaultRouteSettings: routeSettings,
    routeSettings,
  },
  "aws:cloudfront:CachePolicy": {
    ...carriedOut("defaultTtl", "maxTtl", "minTtl", "parametersInCacheKeyAndForwardedToOrigin"),
    ...withoutEffect(looks, "comment"),
  },
  "aws:cloudfront:Distribution": {
    ...carriedOut("customErrorResponses"),
    ...withoutEffect(looks, "comment"),
    ...withoutEffect(operations, "waitForDeployment", "loggingConfig", "retainOnDelete"),
    ...withoutEffect(
      "its own port is its only address",
      "aliases",
      "viewerCertificate",
      "httpVersion",
      "isIpv6Enabled",
    ),
    ...withoutEffect("there is one edge, and it is here", "priceClass"),
    enabled: only(true),
    defaultCacheBehavior: each(behavior),
    orderedCacheBehaviors: each(behavior),
    origins: each(origin),
    restrictions: only({ geoRestriction: { restrictionType: "none" } }),
  },
  "aws:cloudfront:Function": {
    ...carriedOut("code", "keyValueStoreAssociations"),
    ...withoutEffect(looks, "comment"),
    ...withoutEffect(operations, "publish"),
    runtime: only("cloudfront-js-2.0"),
  },
  "aws:cloudfront:KeyValueStore": withoutEffect(looks, "comment"),
  "aws:cloudfront:OriginAccessControl": {
    ...carriedOut("signingBehavior"),
    ...withoutEffect(looks, "description", "name"),
    ...withoutEffect("buckets of this machine ask the edge for no signature", "originAccessControlOriginType"),
    signingProtocol: only("sigv4"),
  },
  "aws:cloudfront:ResponseHeadersPolicy": {
    ...carriedOut("corsConfig", "customHeadersConfig", "removeHeadersConfig"),
    ...withoutEffect(looks, "comment"),
    securityHeadersConfig: each(
      carriedOut("contentSecurityPolicy", "contentTypeOptions", "frameOptions", "referrerPolicy"),
      carriedOut("strictTransportSecurity", "xssProtection"),
    ),
  },
  "sst:aws:KvKeys": {
    ...carriedOut("entries", "namespace", "store"),
    ...withoutEffect("each start begins with the entries of the graph alone", "purge"),
  },
  "sst:aws:KvRoutesUpdate": carriedOut("entry", "key", "namespace", "store"),
};
