import { clientAddressHeader, originSecretHeader } from "@daybook/core/contract/edge";
import { minified } from "./minified.ts";
import { sentOriginSecret } from "./origin-secret.ts";
import { readingPages } from "./reading-pages.ts";
import { policyOf } from "./stage.ts";

const { domain, firewall } = policyOf($app.stage);

/**
 * Cache policy of the API. A response is cached only if it requests that. The cache key includes the Authorization
 * header, which SST's policy omits.
 */
const apiCachePolicy = new aws.cloudfront.CachePolicy("ApiCachePolicy", {
  comment: "API responses, one cache entry per caller",
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

/**
 * Headers of every response, including files from S3 and errors of the gateway. Pages set the same headers and more,
 * and keep theirs.
 */
const answerHeaders = new aws.cloudfront.ResponseHeadersPolicy("AnswerHeaders", {
  comment: "Security headers of all responses",
  securityHeadersConfig: {
    contentTypeOptions: { override: true },
    // Two years, as the browsers' preload lists require.
    strictTransportSecurity: { accessControlMaxAgeSec: 63_072_000, includeSubdomains: true, override: true },
    frameOptions: { frameOption: "DENY", override: true },
    referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: false },
  },
  customHeadersConfig: {
    items: [{ header: "Cross-Origin-Resource-Policy", value: "same-origin", override: false }],
  },
});

/** Status codes of errors that CloudFront would otherwise cache for ten seconds, even with `no-store`. */
const errorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** All paths that the router's function sends to the API, as CloudFront path patterns. */
const apiPaths = ["/v1", "/v1/*"];
const apiOriginId = "api";

/**
 * Rules that are counted instead of blocking. The managed rules also search request bodies for attacks. Posts may be
 * about attacks: a script in a post is harmless, because the server never runs it.
 */
const countedRules: Readonly<Record<string, readonly string[]>> = {
  AWSManagedRulesCommonRuleSet: [
    "SizeRestrictions_BODY",
    "CrossSiteScripting_BODY",
    "GenericLFI_BODY",
    "GenericRFI_BODY",
    "EC2MetaDataSSRF_BODY",
  ],
  AWSManagedRulesKnownBadInputsRuleSet: ["JavaDeserializationRCE_BODY", "Log4JRCE_BODY", "ReactJSRCE_BODY"],
};

/** Returns the rule with overrides that count. */
function withCounts(rule: aws.types.input.wafv2.WebAclRule): aws.types.input.wafv2.WebAclRule {
  const ruleActionOverrides = countedRules[String(rule.name)]?.map((name) => ({ name, actionToUse: { count: {} } }));
  if (!ruleActionOverrides) return rule;
  const managedRuleGroupStatement = { vendorName: "AWS", name: rule.name, ruleActionOverrides };
  return { ...rule, statement: { managedRuleGroupStatement } };
}

/**
 * Gives every page one canonical path, because an invalidation names paths. Any other spelling (escapes, case, slashes,
 * dot segments) is redirected, and the redirect is not cached. Example: `/%40Maya//soil/` redirects to `/@maya/soil`.
 *
 * - Decoding repeats, so that no later decoder finds another path.
 * - A path with a character that no page has (such as an escaped `%` or `?`) gets the not-found page.
 * - The same applies to OpenNext's second form of each page, `/_next/data`, and to other spellings of `/v1` and
 *   `/media`.
 * - Regular paths of the API, of pictures and of the build's files stay unchanged.
 * - OpenNext also accepts `/blog/index` for `/blog`, so it is redirected.
 */
const canonicalAddress = `
  const viewed = event.request;
  if (!/^\\/(v1|media)(\\/|$)|^\\/_next\\/static\\b(?!.*(%2[ef5]|%5c|\\\\|\\/\\.))/i.test(viewed.uri)) {
    let path = viewed.uri;
    try {
      for (let i = 0; i < 4; i += 1) path = decodeURIComponent(path);
    } catch (error) {
      path = "?";
    }
    if (/^\\/(_next\\/data|v1|media)\\b|[^\\w\\/.@+#\\u0080-\\uffff-]/.test(path)) viewed.uri = "/not-found";
    else {
      const parts = [];
      path.toLowerCase().split("/").forEach((part) => {
        if (part === "..") parts.pop();
        else if (part && part !== ".") parts.push(encodeURIComponent(part));
      });
      path = ("/" + parts.join("/")).replace(/%40/g, "@").replace(/^(\\/(blog|archive).*)\\/index$/, "$1");
      if (path !== viewed.uri) {
        const query = Object.keys(viewed.querystring).map((name) => name + "=" + viewed.querystring[name].value);
        return {
          statusCode: 308,
          headers: { location: { value: path + (query[0] ? "?" + query.join("&") : "") } },
        };
      }
    }
  }`;

/**
 * Writes a page's path with unreserved characters only, as the site's server expects it: `/~40maya` for `/@maya`, and
 * `/tags/caf~C3~A9` for `/tags/caf%C3%A9`. CloudFront signs requests to the server, and AWS documents no common
 * encoding of other characters, so the signature of such a path may not match. No page has a `~` in its path.
 */
const signablePath = `
  if (!/^\\/(v1|media|_next)\\b/.test(event.request.uri))
    event.request.uri = event.request.uri.replace(/@/g, "%40").replace(/%/g, "~");`;

/** Overwrites this header if a client sends it. */
const clientAddress = `
  event.request.headers["${clientAddressHeader}"] = { value: event.viewer.ip };`;

// Applies to SST's part of the code, too.
$transform(aws.cloudfront.Function, (args) => {
  args.code = $output(args.code).apply(minified);
});

/** The only origin for browsers: the API below /v1, and the web app everywhere else. */
export const router = new sst.aws.Router("Router", {
  protection: "oac",
  edge: { viewerRequest: { injection: [clientAddress, canonicalAddress, readingPages, signablePath].join("") } },
  ...(domain !== undefined && { domain }),
  // Daybook uses no SQL, so SQL injection is impossible.
  ...(firewall && { waf: { rateLimitPerIp: firewall.requestsPerAddress, managedRules: { sqlInjection: false } } }),
  transform: {
    waf(args) {
      args.rules = $output(args.rules).apply((rules) => (rules ?? []).map(withCounts));
      return undefined;
    },
    cdn(args) {
      // Identifies the stage in the console, and for `npm run preflight`.
      args.comment = `${$app.name} ${$app.stage}`;
      args.customErrorResponses = errorCodes.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 }));
      args.defaultCacheBehavior = $output(args.defaultCacheBehavior).apply((behavior) => ({
        ...behavior,
        responseHeadersPolicyId: answerHeaders.id,
      }));
      args.orderedCacheBehaviors = $output(args.defaultCacheBehavior).apply((behavior) =>
        apiPaths.map((pathPattern) => ({
          ...behavior,
          pathPattern,
          targetOriginId: apiOriginId,
          cachePolicyId: apiCachePolicy.id,
        })),
      );
      // The router's function replaces the origin's domain and keeps its custom headers. Only the API's paths have this
      // one.
      args.origins = $output([args.origins, sentOriginSecret] as const).apply(([origins, value]) => [
        ...origins,
        ...origins.map((placeholder) => ({
          ...placeholder,
          originId: apiOriginId,
          customHeaders: [{ name: originSecretHeader, value }],
        })),
      ]);
      return undefined;
    },
  },
});

/** Address of Next's development server when `sst dev` runs the web app on the developer's machine. */
export const developmentUrl = "http://localhost:3000";

/** The public origin, for absolute URLs and for checking the origin of a browser's request. */
export const origin = new sst.Linkable("Origin", { properties: { url: $dev ? developmentUrl : router.url } });

const { distribution } = router.nodes.cdn.nodes;

/** ARN of the distribution, which reads from buckets and calls the web app's functions. */
export const distributionArn = distribution.arn;
