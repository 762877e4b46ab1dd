import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeEach } from "vitest";
import { listen } from "../../http.ts";
import { memoryLog, testGraph } from "../../lambda/fixtures.ts";
import { startEdge } from "../edge.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let handler: Handler = () => {};
/** Requests that reached the origin in this test. */
export const asked: IncomingMessage[] = [];
const origin = await listen(
  http.createServer((request, response) => {
    asked.push(request);
    handler(request, response);
  }),
  0,
);
const apiEndpoint = `http://127.0.0.1:${origin.port}`;

const byCaller = {
  minTtl: 0,
  defaultTtl: 0,
  maxTtl: 3_600,
  parametersInCacheKeyAndForwardedToOrigin: {
    cookiesConfig: { cookieBehavior: "none" },
    headersConfig: { headerBehavior: "whitelist", headers: { items: ["Authorization"] } },
    queryStringsConfig: { queryStringBehavior: "all" },
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
  },
};
const chosen = {
  minTtl: 60,
  defaultTtl: 120,
  maxTtl: 180,
  parametersInCacheKeyAndForwardedToOrigin: {
    cookiesConfig: { cookieBehavior: "whitelist", cookies: { items: ["theme"] } },
    queryStringsConfig: { queryStringBehavior: "allExcept", queryStrings: { items: ["utm"] } },
  },
};
const behavior = { targetOriginId: "api", compress: true };
const graph = testGraph({
  resources: {
    "aws:apigatewayv2:Api": { Api: { apiEndpoint } },
    "aws:cloudfront:CachePolicy": { ByCaller: { id: "by-caller", ...byCaller }, Chosen: { id: "chosen", ...chosen } },
    "aws:cloudfront:Distribution": {
      Cdn: {
        origins: [{ originId: "api", domainName: new URL(apiEndpoint).host }],
        defaultCacheBehavior: { ...behavior, cachePolicyId: "by-caller" },
        orderedCacheBehaviors: [
          { ...behavior, pathPattern: "/chosen/*", cachePolicyId: "chosen" },
          // AWS's managed policies CachingOptimized and CachingDisabled.
          { ...behavior, pathPattern: "/files/*", cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" },
          { ...behavior, pathPattern: "/never/*", cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" },
        ],
        customErrorResponses: [
          { errorCode: 503, errorCachingMinTtl: 0 },
          { errorCode: 414, errorCachingMinTtl: 2, responseCode: 404, responsePagePath: "/files/long.html" },
        ],
      },
    },
  },
});

let time = 0;
/** Advances the cache's clock. */
export function pass(seconds: number): void {
  time += seconds * 1000;
}

export const edge = await startEdge({
  graph,
  root: "/nowhere",
  port: 0,
  gateway: { urls: { Api: apiEndpoint } },
  invoker: { invoke: () => Promise.reject() },
  log: memoryLog(),
  now: () => time,
});
afterAll(async () => {
  await edge.close();
  await origin.close();
});
beforeEach(() => {
  asked.length = 0;
  edge.invalidate(["/*"]);
});

/** Sets the origin's handler for the rest of a test. */
export function origins(next: Handler): void {
  handler = next;
}

/** Makes the origin respond with these headers, and with a text that contains the number of its requests so far. */
export function answers(headers: Readonly<Record<string, string>>, status = 200): void {
  origins((request, response) => {
    if (headers.etag !== undefined && request.headers["if-none-match"] === headers.etag) {
      response.writeHead(304, headers).end();
    } else response.writeHead(status, { "content-type": "text/plain", ...headers }).end(`answer ${asked.length}`);
  });
}

export interface Answer {
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  /** Result in `x-cache`: `Hit`, `Miss`, … */
  readonly result: string | undefined;
  readonly body: Buffer;
  readonly text: string;
}

/** Sends a request without `fetch`, which would decompress the response. */
export function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(edge.url, { path, method, headers }, async (response) => {
      const body = await buffer(response);
      const result = String(response.headers["x-cache"]).replace(" from cloudfront", "");
      resolve({ status: response.statusCode, headers: response.headers, result, body, text: body.toString() });
    });
    outgoing.on("error", reject).end();
  });
}

/** Requests a path. Returns the cache's result and the response text, such as `Hit answer 1`. */
export async function look(path: string, headers?: Record<string, string>): Promise<string> {
  const { result, text } = await get(path, headers);
  return `${result} ${text}`;
}
