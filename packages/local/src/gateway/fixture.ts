import { generateKeyPairSync, sign } from "node:crypto";
import http from "node:http";
import { afterAll, beforeEach } from "vitest";
import { arnOf, memoryLog, testFunction, testGraph } from "../lambda/fixtures.ts";
import type { InvokeResult } from "../service-types.ts";
import { startGateway } from "./gateway.ts";

export const issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool";
export const scope = "aws.cognito.signin.user.admin";
export const newKey = (kid: string) => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" } };
};
const key = newKey("one");
export const keys: object[] = [key.jwk];
export const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
export const now = () => Math.floor(Date.now() / 1000);
export function token(claims: object = {}, signer = key) {
  const payload = {
    sub: "u1",
    iss: issuer,
    client_id: "web",
    token_use: "access",
    scope,
    iat: now(),
    exp: now() + 900,
    ...claims,
  };
  const unsigned = `${encode({ alg: "RS256", kid: signer.kid })}.${encode(payload)}`;
  return `${unsigned}.${sign("RSA-SHA256", Buffer.from(unsigned), signer.privateKey).toString("base64url")}`;
}

const fn = (name: string) => ({ function: arnOf(name) });
const user = { authorizer: "jwt", scopes: [scope] };
export const graph = testGraph({
  functions: ["Get", "List", "Files", "Any", "Fallback", "Secret", "Limited", "Wide"].map((name) =>
    testFunction(name, {}),
  ),
  routes: {
    Api: {
      "GET /v1/todos": fn("List"),
      "GET /v1/todos/{todoId}": fn("Get"),
      "GET /v1/todos/{todoId}/files/{path+}": fn("Files"),
      "ANY /v1/todos/{todoId}": fn("Any"),
      "POST /v1/todos": { ...fn("Secret"), ...user },
      "GET /v1/limited": fn("Limited"),
      "GET /v1/wide": fn("Wide"),
    },
    Closed: { "GET /only": fn("List") },
    Caught: { "GET /only": fn("List"), $default: fn("Fallback") },
  },
  resources: {
    "aws:apigatewayv2:Api": {
      Api: { id: "api1" },
      Closed: {
        id: "api2",
        corsConfiguration: {
          allowOrigins: ["https://a.example"],
          allowMethods: ["GET"],
          allowHeaders: ["x-a"],
          exposeHeaders: ["etag"],
          maxAge: 60,
          allowCredentials: true,
        },
      },
      Caught: { id: "api3" },
    },
    "aws:apigatewayv2:Authorizer": {
      jwt: {
        apiId: "api1",
        authorizerType: "JWT",
        identitySources: ["$request.header.Authorization"],
        jwtConfiguration: { issuer, audiences: ["web", "scripts"] },
      },
    },
    "aws:apigatewayv2:Stage": {
      Stage: {
        apiId: "api1",
        defaultRouteSettings: { throttlingRateLimit: 1000, throttlingBurstLimit: 1000 },
        routeSettings: [
          { routeKey: "GET /v1/limited", throttlingRateLimit: 0.001, throttlingBurstLimit: 2 },
          { routeKey: "GET /v1/wide", throttlingRateLimit: 0.001, throttlingBurstLimit: 100 },
        ],
      },
    },
  },
});

export interface Call {
  reference: string;
  event: Record<string, never> & { requestContext: { requestId: string } };
  requestId: string | undefined;
}
export const calls: Call[] = [];
let answer: (() => Promise<InvokeResult> | InvokeResult) | undefined;

/** Sets the response of all functions for the rest of a test. */
export function answerWith(next: () => Promise<InvokeResult> | InvokeResult): void {
  answer = next;
}
export const log = memoryLog();
export const gateway = await startGateway({
  graph,
  log,
  principals: new Map(),
  jwks: async () => ({ keys }),
  integrationTimeoutMs: 300,
  invoker: {
    async invoke(reference, event, requestId) {
      // The event was created by the gateway, so it has this shape.
      calls.push({ reference, event: event as Call["event"], requestId });
      return answer ? answer() : { ok: true, result: { statusCode: 200, body: reference.split("-").at(-1) } };
    },
  },
});
afterAll(() => gateway.close());
beforeEach(() => {
  answer = undefined;
  calls.length = 0;
});

export const api = (path: string, init?: RequestInit) => fetch(`${gateway.urls.Api}${path}`, init);
export const routed = async (path: string, init?: RequestInit) => (await api(path, init)).text();
export const returns = (result: unknown) => () => ({ ok: true, result }) as const;

/** Sends a request without `fetch`, which would normalize it. */
export function raw(path: string, headers: string[] = [], method = "GET", body = ""): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Node adds no Host header if the headers are a list.
    const host = headers.includes("Host") ? [] : ["Host", "api1.example"];
    const request = http.request(`${gateway.urls.Api}`, { path, method, headers: [...host, ...headers] }, resolve);
    request.on("error", reject).end(body);
  });
}
