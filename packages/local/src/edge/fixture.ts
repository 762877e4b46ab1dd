import http from "node:http";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeEach } from "vitest";
import { listen } from "../http.ts";
import { arnOf, memoryLog, temporaryFolder, testFunction, testGraph } from "../lambda/fixtures.ts";
import type { InvokeResult } from "../service-types.ts";
import { startEdge } from "./edge.ts";

/**
 * A router like SST's. It reads the routes from the store and selects an API, a site's file, a site's server or its own
 * response.
 */
const router = [
  'import cf from "cloudfront";',
  "async function handler(event) {",
  "  const request = event.request;",
  '  const crypto = require("crypto");',
  '  const site = await cf.kvs().get("site:metadata", { format: "json" });',
  '  request.headers["x-forwarded-host"] = request.headers.host;',
  '  if (request.uri === "/teapot") return { statusCode: 418, headers: { "x-own": { value: "1" } }, cookies: { a: { value: "b", attributes: "Path=/" } }, body: { encoding: "text", data: "short" } };',
  '  if (request.uri === "/lost") return undefined;',
  '  if (request.uri === "/broken") throw new Error("the function is broken");',
  '  const [type, ns, , prefix] = JSON.parse(await cf.kvs().get("router:routes"))[0].split(",");',
  '  const change = { "/v1/reset": { customHeaders: {} }, "/v1/own": { customHeaders: { "x-own": "1" } }, "/v1/silent": { timeouts: { readTimeout: 0.1 } } }[request.uri] ?? {};',
  "  if (request.uri.startsWith(prefix + '/')) { const api = JSON.parse(await cf.kvs().get(ns + ':metadata')); cf.updateRequestOrigin({ domainName: api.host, ...change }); return request; }",
  "  if (request.uri === '/nowhere') { cf.updateRequestOrigin({ domainName: 'elsewhere.example' }); return request; }",
  "  const isFile = await cf.kvs().exists('site:' + request.uri);",
  "  if (isFile || site.s3.routes.some((route) => request.uri.startsWith(route))) { delete request.cookies; request.uri = site.s3.dir + request.uri; cf.updateRequestOrigin({ domainName: site.s3.domain }); return request; }",
  "  request.headers['x-hash'] = { value: crypto.createHash('md5').update('a').digest('hex') };",
  '  const signingBehavior = request.uri === "/no-override" ? "no-override" : "always";',
  '  const access = { enabled: request.uri !== "/unsigned", signingBehavior, signingProtocol: "sigv4", originType: "lambda" };',
  "  cf.updateRequestOrigin({ domainName: site.servers[0][0], originAccessControlConfig: access });",
  "  return request;",
  "}",
];

export const script = `export const answer = ${JSON.stringify("x".repeat(5000))};`;
const disk = temporaryFolder({
  "web/assets/favicon.svg": "<svg/>",
  "web/assets/worker.js": "self.skipWaiting();",
  "web/assets/fonts/inter.woff2": new Uint8Array(2000),
  "web/assets/_next/static/app.js": script,
  "web/secret.txt": "not below the assets",
});
const arn = (name: string) => `arn:aws:cloudfront::000000000000:${name}`;
const behavior = {
  targetOriginId: "default",
  compress: true,
  cachePolicyId: "by-caller",
  functionAssociations: [{ eventType: "viewer-request", functionArn: arn("router") }],
};

function graphFor(apiEndpoint: string) {
  return testGraph({
    functions: [testFunction("Server", {})],
    resources: {
      "aws:apigatewayv2:Api": { Api: { apiEndpoint } },
      "aws:s3:Bucket": { Assets: { id: "assets", bucketRegionalDomainName: "assets.s3.eu-west-1.amazonaws.com" } },
      "aws:lambda:FunctionUrl": {
        ServerUrl: {
          functionUrl: "https://abc.lambda-url.eu-west-1.on.aws/",
          functionName: arnOf("Server"),
          authorizationType: "AWS_IAM",
        },
      },
      "aws:cloudfront:KeyValueStore": { Store: { arn: arn("store") } },
      "aws:cloudfront:Function": {
        Router: { arn: arn("router"), code: router, keyValueStoreAssociations: [arn("store")] },
      },
      "aws:cloudfront:CachePolicy": {
        ByCaller: {
          id: "by-caller",
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
        },
      },
      "aws:cloudfront:ResponseHeadersPolicy": {
        Headers: {
          id: "headers",
          corsConfig: {
            accessControlAllowOrigins: { items: ["https://*.example.com"] },
            accessControlAllowMethods: { items: ["GET"] },
            accessControlAllowHeaders: { items: ["x-own"] },
            accessControlExposeHeaders: { items: ["etag"] },
            accessControlAllowCredentials: true,
            accessControlMaxAgeSec: 60,
            originOverride: true,
          },
          customHeadersConfig: {
            items: [
              { header: "X-Powered-By", value: "edge", override: true },
              { header: "Cache-Control", value: "no-store", override: false },
            ],
          },
          securityHeadersConfig: {
            contentTypeOptions: { override: true },
            strictTransportSecurity: { accessControlMaxAgeSec: 60, includeSubdomains: true, override: true },
          },
          removeHeadersConfig: { items: [{ header: "Server" }] },
        },
      },
      "aws:cloudfront:Distribution": {
        Cdn: {
          origins: [
            { originId: "default", domainName: "placeholder.example" },
            {
              originId: "api",
              domainName: "placeholder.example",
              customHeaders: [{ name: "X-Secret", value: "of the edge" }],
            },
          ],
          defaultCacheBehavior: { ...behavior, responseHeadersPolicyId: "headers" },
          orderedCacheBehaviors: [
            { ...behavior, targetOriginId: "api", pathPattern: "/v1/*", allowedMethods: ["GET", "HEAD", "POST"] },
            { ...behavior, compress: false, pathPattern: "/plain*" },
          ],
        },
      },
      "sst:aws:BucketFiles": {
        Files: {
          bucketName: "assets",
          folders: [
            { from: "web/assets", to: "_assets", cacheControl: "public,max-age=0" },
            { from: "web/assets", to: "_assets", files: ["worker.js"], cacheControl: "no-cache" },
            { from: "web/assets/_next", to: "_assets/_next", cacheControl: "public,max-age=31536000,immutable" },
          ],
        },
      },
      "sst:aws:KvRoutesUpdate": {
        Route: { store: arn("store"), namespace: "router", key: "routes", entry: "url,api,,/v1" },
      },
      "sst:aws:KvKeys": {
        ApiKeys: { store: arn("store"), namespace: "api", entries: { metadata: { host: new URL(apiEndpoint).host } } },
        SiteKeys: {
          store: arn("store"),
          namespace: "site",
          entries: {
            metadata: {
              s3: { dir: "/_assets", domain: "assets.s3.eu-west-1.amazonaws.com", routes: ["/_next/static"] },
              servers: [["abc.lambda-url.eu-west-1.on.aws", 1, 2]],
            },
          },
        },
      },
    },
  });
}

/** Methods of the requests for `/v1/silent`. */
export const unanswered: (string | undefined)[] = [];

/** An API that echoes its requests, and never responds at `/v1/silent`. */
export const api = await listen(
  http.createServer(async (request, response) => {
    const body = await buffer(request);
    if (request.url === "/v1/silent") return void unanswered.push(request.method);
    const answer = JSON.stringify({
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: body.length,
      filler: "y".repeat(2000),
    });
    const status = request.url?.includes("fail") ? 500 : 200;
    response
      .writeHead(status, {
        "content-type": "application/json",
        etag: '"7"',
        "content-length": Buffer.byteLength(answer),
      })
      .end(answer);
  }),
  0,
);
const apiEndpoint = `http://127.0.0.1:${api.port}`;
const graph = graphFor(apiEndpoint);
export const log = memoryLog();
export const events: object[] = [];
let answer: InvokeResult;

/** Sets the response of all functions for the rest of a test. */
export function answerWith(next: InvokeResult): void {
  answer = next;
}
export const shared = {
  graph,
  root: disk.folder,
  port: 0,
  gateway: { urls: { Api: apiEndpoint } },
  log,
  invoker: {
    async invoke(_: string, event: unknown) {
      events.push(Object(event));
      return answer;
    },
  },
};
export const edge = await startEdge(shared);
afterAll(async () => {
  await edge.close();
  await api.close();
  disk.remove();
});
beforeEach(() => {
  answer = {
    ok: true,
    result: { statusCode: 200, headers: { "content-type": "text/html" }, cookies: ["a=b"], body: "<p>page</p>" },
  };
  events.length = 0;
  log.lines.length = 0;
});

/** Sends a request without `fetch`, which would decompress the response. */
export function get(
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<{ status: number | undefined; headers: http.IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(edge.url, { path, method, headers }, async (response) =>
      resolve({ status: response.statusCode, headers: response.headers, body: await buffer(response) }),
    );
    outgoing.on("error", reject).end();
  });
}
