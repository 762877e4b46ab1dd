import { clientAddressHeader, originSecretHeader } from "@daybook/core/contract/edge";
import { minified } from "./minified.ts";
import { sentOriginSecret } from "./origin-secret.ts";
import { policyOf } from "./stage.ts";

const { domain, firewall } = policyOf($app.stage);

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

/**
 * Headers of every answer, files from S3 and the gateway's own refusals among them. Pages set the same and more, and keep their own.
 */
const answerHeaders = new aws.cloudfront.ResponseHeadersPolicy("AnswerHeaders", {
  comment: "Nothing is guessed, and nothing is for other sites",
  securityHeadersConfig: {
    contentTypeOptions: { override: true },
    // Two years, as the browsers' preload lists ask.
    strictTransportSecurity: { accessControlMaxAgeSec: 63_072_000, includeSubdomains: true, override: true },
    frameOptions: { frameOption: "DENY", override: true },
    referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: false },
  },
  customHeadersConfig: {
    items: [{ header: "Cross-Origin-Resource-Policy", value: "same-origin", override: false }],
  },
});

/** Everything that CloudFront would otherwise remember for ten seconds, `no-store` or not. */
const errorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** All that the router's function sends to the API, written as CloudFront's patterns. */
const apiPaths = ["/v1", "/v1/*"];
const apiOriginId = "api";

/**
 * The managed rules look for attacks in the bodies of requests too, where people here write about them: a post with a script in it is no
 * attack on a server that never runs it. Those are counted, not blocked.
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

/** The rule, with those that are counted. */
function withCounts(rule: aws.types.input.wafv2.WebAclRule): aws.types.input.wafv2.WebAclRule {
  const ruleActionOverrides = countedRules[String(rule.name)]?.map((name) => ({ name, actionToUse: { count: {} } }));
  if (!ruleActionOverrides) return rule;
  const managedRuleGroupStatement = { vendorName: "AWS", name: rule.name, ruleActionOverrides };
  return { ...rule, statement: { managedRuleGroupStatement } };
}

/**
 * Gives every page of the site one address, because an invalidation names addresses. Any other spelling of it (escapes, case, slashes, dot
 * segments) gets a redirect that no cache sees: `/%40Maya//soil/` leads to `/@maya/soil`. Decoding repeats, so that no later decoder finds
 * another path in it. A path with a character that no address has, such as an escaped escape or question mark, leads to the page for a
 * missing page. So do OpenNext's second form of each page, `/_next/data`, and other spellings of paths of the API and of pictures, which are
 * left as they are, as files of the build are. OpenNext also takes `/blog/index` for `/blog`.
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
    if (/^\\/(_next\\/data|v1|media)\\b|[^\\w\\/.@\\u0080-\\uffff-]/.test(path)) viewed.uri = "/not-found";
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
 * Reading pages ignore the query, which must not make another copy of one: an invalidation names paths. A client that has just had a page
 * regenerated requests it with `?fresh=`, and no cache keeps the answer. A page has one form, too: Next's router, which would ask for
 * another by a header and the query, gets the page, and opens it as one.
 */
const readingPages = `
  if (/^\\/(blog|archive|tags|@|sitemap|robots\\.txt|(feed|atom)\\.(xml|json))/.test(event.request.uri)) {
    const fresh = event.request.querystring.fresh;
    event.request.querystring = fresh ? { fresh: fresh } : {};
    delete event.request.headers.rsc;
  }`;

/** Replaces whatever a client sends under this name. */
const clientAddress = `
  event.request.headers["${clientAddressHeader}"] = { value: event.viewer.ip };`;

// SST's part of it, too.
$transform(aws.cloudfront.Function, (args) => {
  args.code = $output(args.code).apply(minified);
});

/** The one origin that a browser sees: the API below /v1, the web app everywhere else. */
export const router = new sst.aws.Router("Router", {
  protection: "oac",
  edge: { viewerRequest: { injection: clientAddress + canonicalAddress + readingPages } },
  ...(domain !== undefined && { domain }),
  // There is no SQL here to inject anything into.
  ...(firewall && { waf: { rateLimitPerIp: firewall.requestsPerAddress, managedRules: { sqlInjection: false } } }),
  transform: {
    waf(args) {
      args.rules = $output(args.rules).apply((rules) => (rules ?? []).map(withCounts));
      return undefined;
    },
    cdn(args) {
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
      // The router's function replaces the origin's domain and keeps its custom headers, which only the API's paths have.
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

/** Where Next's development server listens when `sst dev` runs the web app on the developer's machine. */
export const developmentUrl = "http://localhost:3000";

/** The public origin, for absolute URLs and to check where a browser's request comes from. */
export const origin = new sst.Linkable("Origin", { properties: { url: $dev ? developmentUrl : router.url } });

const { distribution } = router.nodes.cdn.nodes;

/** Who reads from buckets and calls the web app's functions. */
export const distributionArn = distribution.arn;

/** For whoever has its copies dropped. */
export const distributionId = new sst.Linkable("Distribution", { properties: { id: distribution.id } });
