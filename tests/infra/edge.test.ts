import type { Graph } from "@daybook/local/graph/graph";
import { normalise } from "@daybook/local/graph/normalise";
import { isRecord } from "@daybook/local/graph/raw";
import { beforeAll, describe, expect, it } from "vitest";
import { synthesiseStages } from "./stages.ts";

const graphs = new Map<string, Graph>();
beforeAll(async () => {
  for (const raw of await synthesiseStages("local", "production")) graphs.set(raw.stage, normalise(raw));
});

/** Every status that CloudFront keeps an error of and whose time can be said; the others it keeps only where the error asks for it. */
const keptErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

describe.each(["local", "production"])("the edge of the stage %s", (stage) => {
  const resources = (type: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> =>
    graphs.get(stage)?.resources[type] ?? {};
  const distribution = () => resources("aws:cloudfront:Distribution").RouterCdnDistribution ?? {};

  /** What happens to the paths of a pattern; without one, to all others. */
  const behaviorOf = (pattern?: string) => {
    const { defaultCacheBehavior, orderedCacheBehaviors } = distribution();
    const all = [defaultCacheBehavior, orderedCacheBehaviors].flat().filter(isRecord);
    return all.find(({ pathPattern }) => pathPattern === pattern) ?? {};
  };
  /** The resource that a behavior names, as `\${Name.id}`. */
  const named = (type: string, reference: unknown) => resources(type)[String(reference).slice(2, -".id}".length)];
  const cachePolicyOf = (pattern?: string) =>
    named("aws:cloudfront:CachePolicy", behaviorOf(pattern).cachePolicyId)?.parametersInCacheKeyAndForwardedToOrigin;
  const patterns = [undefined, "/v1", "/v1/*"];

  it("is one distribution, which treats the API's paths apart", () => {
    expect(Object.keys(resources("aws:cloudfront:Distribution"))).toEqual(["RouterCdnDistribution"]);
    const { orderedCacheBehaviors } = distribution();
    expect(orderedCacheBehaviors).toMatchObject([{ pathPattern: "/v1" }, { pathPattern: "/v1/*" }]);
  });

  it("sends /v1 to the API, /media to its bucket, and everything else to the web app", () => {
    const updates = Object.values(resources("sst:aws:KvRoutesUpdate"));
    const entries = updates.map(({ entry }) => String(entry).replace(/,[0-9a-f]{4},/, ","));
    expect(entries.toSorted()).toEqual(["bucket,,/media", "site,,", "url,,/v1"]);
    for (const pattern of patterns) {
      expect(behaviorOf(pattern).functionAssociations).toEqual([
        { eventType: "viewer-request", functionArn: `\${RouterCloudfrontFunctionRequest.arn}` },
      ]);
    }
  });

  it("adds the secret to the API's paths alone, and tells the site's server alone", () => {
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
    expect(routed.length).toBeGreaterThan(50);
  });

  it("speaks TLS alone, compresses, and takes every method", () => {
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

  it("keeps answers of the API by who asked, and only those that say so", () => {
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

  it("keeps pages for everybody: by host, query and what Next tells apart", () => {
    expect(cachePolicyOf()).toMatchObject({
      headersConfig: { headerBehavior: "whitelist", headers: { items: ["x-open-next-cache-key", "x-forwarded-host"] } },
      queryStringsConfig: { queryStringBehavior: "all" },
      cookiesConfig: { cookieBehavior: "none" },
    });
  });

  it("keeps no error, and shows each as it is", () => {
    expect(distribution().customErrorResponses).toEqual(
      keptErrors.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
    );
  });

  it("lets a browser guess nothing, and no other site embed anything", () => {
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

  it("serves files of a build from S3: for ever where their names change with them", () => {
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

  it("has browsers ask for the service worker each time, and keeps the files of earlier builds", () => {
    const { folders, purge } = resources("sst:aws:BucketFiles").SiteAssetFiles ?? {};
    expect(folders).toContainEqual({
      from: "packages/web/.open-next/assets",
      to: "_assets",
      files: ["sw.js"],
      cacheControl: "no-cache",
    });
    expect(purge).toBeUndefined();
    const expiring = Object.values(resources("aws:s3:BucketLifecycleConfiguration")).map(({ bucket }) => bucket);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference in a graph looks like a placeholder of a template.
    expect(expiring).not.toContain("${SiteAssetsBucket.id}");
  });

  it("is the only one that can call the functions of the web app", () => {
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
