/**
 * The API's own cache policy. Nothing is kept unless an answer asks for it; what is kept belongs to the caller's Authorization header,
 * which SST's policy leaves out of the key.
 */
const apiCachePolicy = new aws.cloudfront.CachePolicy("ApiCachePolicy", {
  comment: "Answers of the API, by caller",
  minTtl: 0,
  defaultTtl: 0,
  maxTtl: 86_400,
  parametersInCacheKeyAndForwardedToOrigin: {
    cookiesConfig: { cookieBehavior: "none" },
    headersConfig: { headerBehavior: "whitelist", headers: { items: ["Authorization"] } },
    queryStringsConfig: { queryStringBehavior: "all" },
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
  },
});

/** Everything that CloudFront would otherwise remember for ten seconds, `no-store` or not. */
const errorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** The one origin that a browser sees: the API below /v1, the web app everywhere else. */
export const router = new sst.aws.Router("Router", {
  protection: "oac",
  transform: {
    cdn(args) {
      args.customErrorResponses = errorCodes.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 }));
      args.orderedCacheBehaviors = $output(args.defaultCacheBehavior).apply((behavior) => [
        { ...behavior, pathPattern: "/v1/*", cachePolicyId: apiCachePolicy.id },
      ]);
      return undefined;
    },
  },
});

/** The public origin, for absolute URLs and to check where a browser's request comes from. */
export const origin = new sst.Linkable("Origin", { properties: { url: router.url } });
