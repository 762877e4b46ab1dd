import { operations } from "@daybook/core/api";
import type { Graph } from "@daybook/local/graph/graph";
import { normalise } from "@daybook/local/graph/normalise";
import { isObject } from "@daybook/local/json";
import { beforeAll, describe, expect, it } from "vitest";
import { synthesiseStages } from "./stages.ts";

const graphs = new Map<string, Graph>();
beforeAll(async () => {
  for (const raw of await synthesiseStages("local", "production")) graphs.set(raw.stage, normalise(raw));
});

/**
 * The statuses whose errors CloudFront caches by default and whose cache time can be set. It caches other errors only
 * if the response asks for it.
 */
const keptErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

describe.each(["local", "production"])("the edge of the stage %s", (stage) => {
  const resources = (type: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> =>
    graphs.get(stage)?.resources[type] ?? {};
  const distribution = () => resources("aws:cloudfront:Distribution").RouterCdnDistribution ?? {};

  /** Returns the cache behavior of a path pattern, or the default behavior. */
  const behaviorOf = (pattern?: string) => {
    const { defaultCacheBehavior, orderedCacheBehaviors } = distribution();
    const all = [defaultCacheBehavior, orderedCacheBehaviors].flat().filter(isObject);
    return all.find(({ pathPattern }) => pathPattern === pattern) ?? {};
  };
  /** Returns the resource that a behavior references as `\${Name.id}`. */
  const named = (type: string, reference: unknown) => resources(type)[String(reference).slice(2, -".id}".length)];
  const cachePolicyOf = (pattern?: string) =>
    named("aws:cloudfront:CachePolicy", behaviorOf(pattern).cachePolicyId)?.parametersInCacheKeyAndForwardedToOrigin;
  const patterns = [undefined, "/v1", "/v1/*"];

  it("is one distribution with separate behaviors for the API", () => {
    expect(Object.keys(resources("aws:cloudfront:Distribution"))).toEqual(["RouterCdnDistribution"]);
    const { orderedCacheBehaviors } = distribution();
    expect(orderedCacheBehaviors).toMatchObject([{ pathPattern: "/v1" }, { pathPattern: "/v1/*" }]);
  });

  it("routes /v1 to the API, /media to its bucket, and all other paths to the web app", () => {
    const updates = Object.values(resources("sst:aws:KvRoutesUpdate"));
    const entries = updates.map(({ entry }) => String(entry).replace(/,[0-9a-f]{4},/, ","));
    expect(entries.toSorted()).toEqual(["bucket,,/media", "site,,", "url,,/v1"]);
    for (const pattern of patterns) {
      expect(behaviorOf(pattern).functionAssociations).toEqual([
        { eventType: "viewer-request", functionArn: `\${RouterCloudfrontFunctionRequest.arn}` },
      ]);
    }
  });

  it("adds the origin secret only to API requests, and gives it only to the site's server", () => {
    const { origins } = distribution();
    expect(origins).toMatchObject([
      { originId: "default", domainName: "placeholder.sst.dev" },
      {
        originId: "api",
        domainName: "placeholder.sst.dev",
        customHeaders: [{ name: "x-daybook-origin-secret", value: `\${OriginSecret0.result}` }],
      },
    ]);
    expect(patterns.map((pattern) => behaviorOf(pattern).targetOriginId)).toEqual(["default", "api", "api"]);
    const told = Object.entries(graphs.get(stage)?.functions ?? {}).filter(([, fn]) =>
      JSON.stringify(fn.environment ?? {}).includes("OriginSecret"),
    );
    expect(told.map(([name]) => name.replace(/Euwest1/, ""))).toEqual(["SiteServerFunction"]);
    expect(told[0]?.[1].environment).toMatchObject({ DAYBOOK_ORIGIN_SECRET: `\${OriginSecret0.result}` });
  });

  it("has functions that accept two secrets, on every route", () => {
    const { functions = {}, routes = {} } = graphs.get(stage) ?? {};
    const routed = Object.values(routes).flatMap((api) =>
      Object.values(api).map((route) => String(route.function).slice(2, -".arn}".length)),
    );
    for (const name of routed) {
      const accepted = [`\${OriginSecret0.result}`, `\${OriginSecret1.result}`];
      expect(functions[name]?.links?.OriginSecrets, name).toMatchObject({ accepted });
    }
    // The operations, and the answer to other paths.
    expect(routed).toHaveLength(Object.keys(operations).length + 1);
  });

  it("requires TLS, compresses, and accepts every method", () => {
    for (const pattern of patterns) {
      expect(behaviorOf(pattern)).toMatchObject({
        viewerProtocolPolicy: "redirect-to-https",
        compress: true,
        allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
        cachedMethods: ["GET", "HEAD"],
      });
      expect(cachePolicyOf(pattern)).toMatchObject({
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
      });
    }
  });

  it("caches API responses per Authorization header, and only if they ask for it", () => {
    for (const pattern of ["/v1", "/v1/*"]) {
      expect(cachePolicyOf(pattern)).toMatchObject({
        headersConfig: { headerBehavior: "whitelist", headers: { items: ["Authorization"] } },
        queryStringsConfig: { queryStringBehavior: "all" },
        cookiesConfig: { cookieBehavior: "none" },
      });
    }
    for (const policy of Object.values(resources("aws:cloudfront:CachePolicy"))) {
      expect(policy).toMatchObject({ minTtl: 0, defaultTtl: 0 });
    }
  });

  it("caches pages for all users, keyed by host, query and Next's cache key", () => {
    expect(cachePolicyOf()).toMatchObject({
      headersConfig: { headerBehavior: "whitelist", headers: { items: ["x-open-next-cache-key", "x-forwarded-host"] } },
      queryStringsConfig: { queryStringBehavior: "all" },
      cookiesConfig: { cookieBehavior: "none" },
    });
  });

  it("caches no errors, and passes each on unchanged", () => {
    expect(distribution().customErrorResponses).toEqual(
      keptErrors.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
    );
  });

  it("sets headers against content sniffing and embedding by other sites", () => {
    for (const pattern of patterns) {
      expect(named("aws:cloudfront:ResponseHeadersPolicy", behaviorOf(pattern).responseHeadersPolicyId)).toMatchObject({
        securityHeadersConfig: {
          contentTypeOptions: { override: true },
          strictTransportSecurity: { accessControlMaxAgeSec: 63_072_000, includeSubdomains: true, override: true },
          frameOptions: { frameOption: "DENY", override: true },
          referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: false },
        },
        customHeadersConfig: {
          items: [{ header: "Cross-Origin-Resource-Policy", value: "same-origin", override: false }],
        },
      });
    }
  });

  it("serves build files from S3, and caches files with hashed names forever", () => {
    expect(resources("sst:aws:BucketFiles").SiteAssetFiles?.folders).toContainEqual({
      from: "packages/web/.open-next/assets/_next",
      to: "_assets/_next",
      cacheControl: "public,max-age=31536000,immutable",
    });
    expect(resources("aws:s3:BucketPublicAccessBlock").SiteAssetsPublicAccessBlock).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  });

  it("revalidates the service worker each time, and keeps the files of earlier builds", () => {
    const { folders, purge } = resources("sst:aws:BucketFiles").SiteAssetFiles ?? {};
    expect(folders).toContainEqual({
      from: "packages/web/.open-next/assets",
      to: "_assets",
      files: ["sw.js"],
      cacheControl: "no-cache",
    });
    expect(purge).toBeUndefined();
    const expiring = Object.values(resources("aws:s3:BucketLifecycleConfiguration")).map(({ bucket }) => bucket);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: graph references look like template placeholders.
    expect(expiring).not.toContain("${SiteAssetsBucket.id}");
  });

  it("is the only caller of the web app's functions", () => {
    for (const [name, fn] of Object.entries(graphs.get(stage)?.functions ?? {})) {
      if (!fn.bundle) continue;
      for (const invoker of fn.invokedBy) {
        expect(invoker, name).toBe(`cloudfront.amazonaws.com \${RouterCdnDistribution.arn}`);
      }
    }
    const urls = Object.values(resources("aws:lambda:FunctionUrl"));
    expect(urls.length).toBeGreaterThan(0);
    expect(urls.map(({ authorizationType }) => authorizationType)).toEqual(urls.map(() => "AWS_IAM"));
    expect(urls.map(({ cors }) => cors)).toEqual(urls.map(() => undefined));
  });
});
