import { generateKeyPairSync, sign } from "node:crypto";
import http from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { InvokeResult } from "../emulator.ts";
import { arnOf, memoryLog, testFunction, testGraph } from "../lambda/fixtures.ts";
import { startGateway } from "./gateway.ts";

const issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool";
const scope = "aws.cognito.signin.user.admin";
const newKey = (kid: string) => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" } };
};
const key = newKey("one");
const keys: object[] = [key.jwk];
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const now = () => Math.floor(Date.now() / 1000);
function token(claims: object = {}, signer = key) {
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
const graph = testGraph({
  functions: ["Get", "List", "Files", "Any", "Fallback", "Secret", "Limited"].map((name) => testFunction(name, {})),
  routes: {
    Api: {
      "GET /v1/todos": fn("List"),
      "GET /v1/todos/{todoId}": fn("Get"),
      "GET /v1/todos/{todoId}/files/{path+}": fn("Files"),
      "ANY /v1/todos/{todoId}": fn("Any"),
      "POST /v1/todos": { ...fn("Secret"), ...user },
      "GET /v1/limited": fn("Limited"),
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
        identitySources: ["$request.header.Authorization"],
        jwtConfiguration: { issuer, audiences: ["web", "scripts"] },
      },
    },
    "aws:apigatewayv2:Stage": {
      Stage: {
        apiId: "api1",
        defaultRouteSettings: { throttlingRateLimit: 1000, throttlingBurstLimit: 1000 },
        routeSettings: [{ routeKey: "GET /v1/limited", throttlingRateLimit: 0.001, throttlingBurstLimit: 2 }],
      },
    },
  },
});

interface Call {
  reference: string;
  event: Record<string, never> & { requestContext: { requestId: string } };
  requestId: string | undefined;
}
const calls: Call[] = [];
let answer: (() => Promise<InvokeResult> | InvokeResult) | undefined;
const log = memoryLog();
const gateway = await startGateway({
  graph,
  log,
  jwks: async () => ({ keys }),
  integrationTimeoutMs: 300,
  invoker: {
    async invoke(reference, event, requestId) {
      // What the gateway sends is what the tests look at.
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

const api = (path: string, init?: RequestInit) => fetch(`${gateway.urls.Api}${path}`, init);
const routed = async (path: string, init?: RequestInit) => (await api(path, init)).text();
const returns = (result: unknown) => () => ({ ok: true, result }) as const;

/** A request as it stands on the wire, for what `fetch` would tidy up. */
function raw(path: string, headers: string[] = [], method = "GET", body = ""): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${gateway.urls.Api}`, { path, method, headers }, resolve);
    request.on("error", reject).end(body);
  });
}

describe("a route", () => {
  it.each([
    ["GET", "/v1/todos", "List"],
    ["GET", "/v1/todos/1", "Get"],
    ["PUT", "/v1/todos/1", "Any"],
    ["GET", "/v1/todos/1/files/a/b.png", "Files"],
  ])("is the most specific that fits %s %s", async (method, path, expected) => {
    expect(await routed(path, { method })).toBe(expected);
  });

  it.each([
    ["GET", "/v1/nothing"],
    ["GET", "/v1/todos/"],
    ["DELETE", "/v1/todos"],
    ["HEAD", "/v1/todos"],
    ["GET", "/v1/todos/1/files/"],
  ])("is not found for %s %s", async (method, path) => {
    const response = await api(path, { method });
    expect(response.status).toBe(404);
    if (method !== "HEAD") expect(await response.json()).toEqual({ message: "Not Found" });
    expect(calls).toEqual([]);
  });

  it("is $default when nothing else fits", async () => {
    const caught = (path: string) => fetch(`${gateway.urls.Caught}${path}`);
    expect(await (await caught("/only")).text()).toBe("List");
    expect(await (await caught("/x/y")).text()).toBe("Fallback");
    expect(calls.at(-1)?.event).toMatchObject({ routeKey: "$default", rawPath: "/x/y" });
  });

  it("refuses a path that cannot be decoded", async () => {
    expect((await raw("/v1/todos/%E0%A4%A")).statusCode).toBe(400);
  });
});

describe("the event", () => {
  it("is payload format 2.0", async () => {
    await raw("/v1/todos/a%20b%2Fc?x=1&x=2&y=a%20b+c&z", [
      "Host",
      "api1.example:80",
      "X-A",
      "1",
      "x-a",
      "2",
      "Cookie",
      "a=b; c=d",
      "User-Agent",
      "test",
      "X-Forwarded-For",
      "10.0.0.1",
      "x-forwarded-proto",
      "https",
    ]);
    const [call] = calls;
    expect(call?.event).toEqual({
      version: "2.0",
      routeKey: "GET /v1/todos/{todoId}",
      rawPath: "/v1/todos/a b%2Fc",
      rawQueryString: "x=1&x=2&y=a%20b+c&z",
      cookies: ["a=b", "c=d"],
      headers: {
        host: "api1.example:80",
        "x-a": "1,2",
        "user-agent": "test",
        "x-forwarded-for": "10.0.0.1, 127.0.0.1",
        "x-forwarded-proto": "https",
        "x-forwarded-port": expect.stringMatching(/^\d+$/),
      },
      queryStringParameters: { x: "1,2", y: "a b c", z: "" },
      pathParameters: { todoId: "a b/c" },
      requestContext: {
        accountId: "000000000000",
        apiId: "api1",
        domainName: "api1.example",
        domainPrefix: "api1",
        http: {
          method: "GET",
          path: "/v1/todos/a b%2Fc",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "test",
        },
        requestId: expect.stringMatching(/^[\w-]{15}=$/),
        routeKey: "GET /v1/todos/{todoId}",
        stage: "$default",
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      isBase64Encoded: false,
    });
    expect(call?.requestId).toBe(call?.event.requestContext.requestId);
  });

  it.each([
    ["application/json", '{"a":"ä"}', false],
    ["application/merge-patch+json; charset=utf-8", "{}", false],
    ["text/plain", "plain", false],
    ["application/x-www-form-urlencoded", "a=b", true],
    ["image/png", "\x89PNG", true],
  ])("holds a body of type %s as it is, or as base64", async (type, body, isBase64Encoded) => {
    await api("/v1/todos/1", { method: "PUT", headers: { "content-type": type }, body });
    expect(calls[0]?.event).toMatchObject({
      body: isBase64Encoded ? Buffer.from(body).toString("base64") : body,
      isBase64Encoded,
    });
  });
});

describe("the answer", () => {
  it("is what the function describes", async () => {
    answer = returns({
      statusCode: 201,
      headers: { ETag: '"1"', "X-Count": 3, connection: "close" },
      cookies: ["a=b; HttpOnly", "c=d"],
      body: Buffer.from("ä").toString("base64"),
      isBase64Encoded: true,
    });
    const response = await api("/v1/todos");
    expect(response.status).toBe(201);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      etag: '"1"',
      "x-count": "3",
      "content-type": "text/plain;charset=UTF-8",
      "apigw-requestid": calls[0]?.requestId,
    });
    expect(response.headers.getSetCookie()).toEqual(["a=b; HttpOnly", "c=d"]);
    expect(await response.text()).toBe("ä");
  });

  it("is the function's own JSON when it names no status", async () => {
    answer = returns({ hello: "world" });
    const response = await api("/v1/todos");
    expect([response.status, response.headers.get("content-type"), await response.json()]).toEqual([
      200,
      "application/json",
      { hello: "world" },
    ]);
    answer = returns("bare");
    expect(await routed("/v1/todos")).toBe("bare");
    answer = returns(null);
    expect(await routed("/v1/todos")).toBe("null");
  });

  it.each([
    [500, "Internal Server Error", returns({ statusCode: "no number" })],
    [500, "Internal Server Error", returns({ statusCode: 200, body: { not: "text" } })],
    [
      500,
      "Internal Server Error",
      () => ({ ok: false, error: { errorType: "TypeError", errorMessage: "private" } }) as const,
    ],
    [
      503,
      "Service Unavailable",
      () => ({ ok: false, error: { errorType: "TooManyRequestsException", errorMessage: "" } }) as const,
    ],
    [
      413,
      "Request Entity Too Large",
      () => ({ ok: false, error: { errorType: "RequestEntityTooLargeException", errorMessage: "" } }) as const,
    ],
    [503, "Service Unavailable", () => new Promise<never>(() => {})],
  ])("is %i %s when the integration fails (%#)", async (status, message, failing) => {
    answer = failing;
    const response = await api("/v1/todos");
    expect([response.status, await response.json()]).toEqual([status, { message }]);
    expect(response.headers.get("apigw-requestid")).toBe(calls[0]?.requestId);
  });

  it("is 413 for a body over 10 MB, with or without a declared length", async () => {
    const large = new Uint8Array(10 * 1024 * 1024 + 1);
    for (const body of [large, new Blob([large]).stream()]) {
      const init: RequestInit & { duplex: "half" } = { method: "PUT", body, duplex: "half" };
      const response = await api("/v1/todos/1", init);
      expect([response.status, await response.json()]).toEqual([413, { message: "Request Entity Too Large" }]);
    }
    expect(calls).toEqual([]);
  });

  it("is 429 once the route's burst is spent; other routes are free", async () => {
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await api("/v1/limited")).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(await (await api("/v1/limited")).json()).toEqual({ message: "Too Many Requests" });
    expect((await api("/v1/todos")).status).toBe(200);
  });

  it("is one line in the log, with the request's id", async () => {
    const response = await api("/v1/todos/7?private=1");
    await response.text();
    expect(log.lines.at(-1)).toEqual({
      level: "info",
      source: "Api",
      message: expect.stringMatching(/^GET \/v1\/todos\/7 200 \d+ ms Get$/),
      requestId: calls[0]?.requestId,
    });
  });
});

describe("the JWT authorizer", () => {
  const post = (authorization?: string) =>
    api("/v1/todos", { method: "POST", ...(authorization !== undefined && { headers: { authorization } }) });

  it("passes the claims on, as text", async () => {
    const claims = { exp: now() + 60, "cognito:groups": ["a", "b"], email_verified: true };
    expect((await post(`Bearer ${token(claims)}`)).status).toBe(200);
    const { requestContext } = calls[0]?.event ?? {};
    expect(requestContext).toHaveProperty("authorizer", {
      jwt: {
        claims: expect.objectContaining({
          sub: "u1",
          client_id: "web",
          exp: String(claims.exp),
          "cognito:groups": "[a b]",
          email_verified: "true",
        }),
        scopes: [scope],
      },
    });
    expect((await post(token())).status).toBe(200);
    expect((await post(`Bearer ${token({ aud: "scripts", client_id: "other" })}`)).status).toBe(200);
  });

  it("asks for a token where there is none", async () => {
    const response = await post();
    expect([response.status, response.headers.get("www-authenticate"), await response.json()]).toEqual([
      401,
      "Bearer",
      { message: "Unauthorized" },
    ]);
  });

  const stranger = newKey("one");
  it.each([
    ["expired", () => token({ exp: now() - 1 }), "the token has expired"],
    ["without an end", () => token({ exp: undefined }), "the token is malformed"],
    ["not valid yet", () => token({ nbf: now() + 60 }), "the token is not valid yet"],
    ["of another issuer", () => token({ iss: "https://evil.example" }), "the token does not have a valid issuer"],
    ["for another client", () => token({ client_id: "other" }), "the token does not have a valid audience"],
    [
      "whose audience is another, whatever its client",
      () => token({ aud: "other" }),
      "the token does not have a valid audience",
    ],
    ["signed by another key", () => token({}, stranger), "signature is invalid"],
    [
      "signed by an unknown key",
      () => token({}, newKey("unknown")),
      "unable to find a signing key that matches the kid",
    ],
    [
      "not signed",
      () => `${encode({ alg: "none", kid: "one" })}.${encode({ iss: issuer, client_id: "web", exp: now() + 60 })}.`,
      "the token is malformed",
    ],
    ["that is none", () => "abc", "the token is malformed"],
  ])("refuses a token %s", async (_, make, description) => {
    const response = await post(`Bearer ${make()}`);
    expect([response.status, await response.json()]).toEqual([401, { message: "Unauthorized" }]);
    expect(response.headers.get("www-authenticate")).toBe(
      `Bearer scope="" error="invalid_token" error_description="${description}"`,
    );
    expect(calls).toEqual([]);
  });

  it("answers 403 when the token lacks the route's scope, as an ID token does", async () => {
    for (const claims of [{ scope: "openid" }, { scope: undefined, aud: "web", token_use: "id" }]) {
      const response = await post(`Bearer ${token(claims)}`);
      expect([response.status, await response.json()]).toEqual([403, { message: "Forbidden" }]);
    }
  });

  it("learns of the issuer's new keys", async () => {
    const next = newKey("two");
    keys.push(next.jwk);
    expect((await post(`Bearer ${token({}, next)}`)).status).toBe(200);
  });
});

describe("CORS", () => {
  const call = (origin: string, init: RequestInit = {}) =>
    request(`${gateway.urls.Closed}/only`, { Origin: origin, ...Object(init.headers) }, init.method);

  it("answers preflights itself", async () => {
    const response = await call("https://a.example", {
      method: "OPTIONS",
      headers: { "Access-Control-Request-Method": "GET" },
    });
    expect(response.statusCode).toBe(204);
    expect(response.headers).toMatchObject({
      "access-control-allow-origin": "https://a.example",
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET",
      "access-control-allow-headers": "x-a",
      "access-control-max-age": "60",
    });
    expect(calls).toEqual([]);
  });

  it("adds its headers for allowed origins only, in place of the function's", async () => {
    answer = returns({ statusCode: 200, headers: { "access-control-allow-origin": "*" }, body: "" });
    expect((await call("https://a.example")).headers).toMatchObject({
      "access-control-allow-origin": "https://a.example",
      "access-control-expose-headers": "etag",
    });
    expect((await call("https://b.example")).headers).not.toHaveProperty("access-control-allow-origin");
  });
});

function request(url: string, headers: Record<string, string>, method = "GET"): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    http
      .request(url, { method, headers }, async (response) => {
        await text(response);
        resolve(response);
      })
      .on("error", reject)
      .end();
  });
}

it("closes with requests in flight, and can be closed again", async () => {
  const own = await startGateway({
    graph,
    log,
    jwks: async () => ({ keys }),
    invoker: { invoke: () => new Promise(() => {}) },
  });
  const inFlight = fetch(`${own.urls.Api}/v1/todos`).catch((error: Error) => error);
  await own.close();
  await own.close();
  expect(await inFlight).toBeInstanceOf(Error);
});
