import { describe, expect, it } from "vitest";
import { testGraph } from "../lambda/fixtures.ts";
import { startEdge } from "./edge.ts";
import { answerWith, api, edge, events, get, log, shared, unanswered } from "./fixture.ts";

describe("an API behind the edge", () => {
  it("receives the request as CloudFront forwards it", async () => {
    const { headers, body } = await get("/v1/todos?a=1&b=%2F&b", {
      cookie: "s=1; t=2=3",
      "x-own": "1",
      "x-forwarded-for": "10.0.0.1",
    });
    const received = JSON.parse(body.toString());
    expect(received.url).toBe("/v1/todos?a=1&b=%2F&b");
    expect(received.headers).toMatchObject({
      host: `127.0.0.1:${api.port}`,
      "x-forwarded-host": new URL(edge.url).host,
      "x-forwarded-for": "10.0.0.1, 127.0.0.1",
      "x-amz-cf-id": headers["x-amz-cf-id"],
      via: "1.1 localhost (CloudFront)",
      cookie: "s=1; t=2=3",
      "x-own": "1",
    });
    expect(headers).toMatchObject({ "x-cache": "Miss from cloudfront", via: "1.1 localhost (CloudFront)" });
  });

  it("receives the custom headers of the behavior's origin instead of the viewer's", async () => {
    const received = async (path: string, headers = {}) =>
      JSON.parse((await get(path, headers)).body.toString()).headers;
    expect(await received("/v1/todos", { "x-secret": "of the viewer" })).toMatchObject({ "x-secret": "of the edge" });
    expect((await received("/v1/own"))["x-secret"]).toBeUndefined();
    expect(await received("/v1/own")).toMatchObject({ "x-own": "1" });
    expect((await received("/v1/reset"))["x-secret"]).toBeUndefined();
    expect((await get("/v1/own", { "x-own": "2" })).status).toBe(502);
  });

  it("does not receive a request that is too long, or a GET with a body", async () => {
    expect((await get(`/v1/todos?${"x".repeat(9_000)}`)).status).toBe(413);
    expect((await get("/v1/todos", { "x-long": "x".repeat(40_000) })).status).toBe(413);
    expect((await get("/v1/todos", { "x-long": "x".repeat(12_000) })).status).toBe(200);
    expect((await get("/v1/todos", { "content-length": "1" })).status).toBe(403);
  });

  it("receives bodies unchanged, and no method that the behavior forbids", async () => {
    const sent = await fetch(`${edge.url}/v1/todos`, { method: "POST", body: new Uint8Array(3_000_000) });
    expect(await sent.json()).toMatchObject({ method: "POST", body: 3_000_000 });
    expect((await get("/v1/todos", {}, "DELETE")).status).toBe(403);
  });

  it("has its errors passed on to the viewer", async () => {
    const { status, headers } = await get("/v1/fail");
    expect([status, headers["x-cache"]]).toEqual([500, "Error from cloudfront"]);
  });

  it("gets three attempts on a read timeout for GET, and one for POST", async () => {
    const { status, body } = await get("/v1/silent");
    expect([status, body.toString()]).toEqual([504, "The origin did not answer within 0.1 seconds.\n"]);
    expect((await get("/v1/silent", {}, "POST")).status).toBe(504);
    expect(unanswered).toEqual(["GET", "GET", "GET", "POST"]);
  });

  it("leads to a 502 if it cannot be reached", async () => {
    const gone = await startEdge({ ...shared, gateway: { urls: { Api: "http://127.0.0.1:9" } } });
    expect((await fetch(`${gone.url}/v1/todos`)).status).toBe(502);
    await gone.close();
  });
});

describe("a site's server behind the edge", () => {
  it("is called as a function URL: payload format 2.0, with the router's headers", async () => {
    const { status, headers, body } = await get("/todos/a~b?x=1", { cookie: "a=b" });
    expect([status, body.toString(), headers["set-cookie"]]).toEqual([200, "<p>page</p>", ["a=b"]]);
    expect(events[0]).toMatchObject({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/todos/a~b",
      rawQueryString: "x=1",
      cookies: ["a=b"],
      headers: {
        host: "abc.lambda-url.eu-west-1.on.aws",
        "x-forwarded-host": new URL(edge.url).host,
        "x-hash": "0cc175b9c0f1b6a831c399e269772661",
        cookie: "a=b",
      },
      requestContext: {
        domainName: "abc.lambda-url.eu-west-1.on.aws",
        apiId: "abc",
        stage: "$default",
        http: { method: "GET", path: "/todos/a~b" },
      },
    });
    expect(log.lines).toEqual([
      {
        level: "info",
        source: "edge",
        message: expect.stringMatching(/^GET \/todos\/a~b 200 \d+ ms Server$/),
        requestId: headers["x-amzn-requestid"],
      },
    ]);
  });

  it("leads to a 502 when the function fails, a 429 when it is throttled, and a 413 for a body over 6 MB", async () => {
    answerWith({ ok: false, error: { errorType: "Error", errorMessage: "private" } });
    const { status, body } = await get("/todos");
    expect([status, body.toString()]).toEqual([502, "Internal Server Error"]);
    const error = { errorType: "TooManyRequestsException", errorMessage: "Rate Exceeded." };
    answerWith({ ok: false, error, refusal: 429 });
    expect((await get("/todos/throttled")).status).toBe(429);
    answerWith({ ok: false, error });
    expect((await get("/todos/of-that-name")).status).toBe(502);
    const large = await fetch(`${edge.url}/todos`, { method: "POST", body: new Uint8Array(6 * 1024 * 1024 + 1) });
    expect(large.status).toBe(413);
  });
});

describe("the distribution", () => {
  it("returns the response of its viewer-request function", async () => {
    const { status, headers, body } = await get("/teapot");
    expect(headers["x-cache"]).toBe("FunctionGeneratedResponse from cloudfront");
    expect([status, headers["x-own"], headers["set-cookie"], body.toString()]).toEqual([
      418,
      "1",
      ["a=b; Path=/"],
      "short",
    ]);
  });

  it("sets and removes headers as the behavior's policy defines", async () => {
    const page = await get("/todos");
    expect(page.headers).toMatchObject({
      "x-powered-by": "edge",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "strict-transport-security": "max-age=60; includeSubDomains",
    });
    const file = await get("/favicon.svg");
    expect(file.headers).toMatchObject({ "cache-control": "public,max-age=0" });
    expect(file.headers).not.toHaveProperty("server");
    expect((await get("/v1/todos")).headers).not.toHaveProperty("x-powered-by");
  });

  it("sends the policy's CORS headers to allowed origins", async () => {
    const allowed = { "access-control-allow-origin": "https://a.example.com", vary: "Origin" };
    const { headers } = await get("/todos", { origin: "https://a.example.com" });
    expect(headers).toMatchObject({ ...allowed, "access-control-expose-headers": "etag" });
    expect(headers).not.toHaveProperty("access-control-allow-methods");
    const asked = { origin: "https://a.example.com", "access-control-request-method": "GET" };
    expect((await get("/todos", asked, "OPTIONS")).headers).toMatchObject({
      ...allowed,
      "access-control-allow-credentials": "true",
      "access-control-allow-headers": "x-own",
      "access-control-allow-methods": "GET",
      "access-control-max-age": "60",
    });
    for (const other of ["https://example.com", "https://a.example.com.evil"]) {
      expect((await get("/todos", { origin: other })).headers).not.toHaveProperty("access-control-allow-origin");
    }
  });

  it("reports a failed function and an origin that is not local", async () => {
    const broken = await get("/broken");
    expect([broken.status, broken.headers["x-cache"]]).toEqual([503, "FunctionExecutionError from cloudfront"]);
    expect((await get("/lost")).status).toBe(502);
    expect(log.lines[0]).toMatchObject({ level: "error", message: expect.stringContaining("the function is broken") });
    const { status, body } = await get("/nowhere");
    expect([status, body.toString()]).toEqual([502, "No local service is the origin elsewhere.example.\n"]);
  });

  it("logs unsupported settings when it starts", async () => {
    const distribution = {
      defaultCacheBehavior: {
        targetOriginId: "a",
        functionAssociations: [{ eventType: "viewer-response", functionArn: "b" }],
        responseHeadersPolicyId: "elsewhere",
      },
    };
    const own = await startEdge({
      ...shared,
      graph: testGraph({ resources: { "aws:cloudfront:Distribution": { Cdn: distribution, Other: {} } } }),
    });
    await own.close();
    expect(log.lines.map(({ message }) => message)).toEqual([
      "Cdn: not supported: viewer-response functions",
      "Cdn: not supported: cache settings without a policy (nothing is cached)",
      "Cdn: not supported: the response headers policy elsewhere",
      "Other: not supported: a second distribution",
    ]);
  });
});
