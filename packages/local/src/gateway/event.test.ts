import { describe, expect, it } from "vitest";
import { api, calls, raw } from "./fixture.ts";

describe("the event", () => {
  it("has payload format 2.0", async () => {
    await raw("/v1/todos/a%20b%252Fc?x=1&x=2&y=a%20b+c&z", [
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
      rawPath: "/v1/todos/a b/c",
      rawQueryString: "x=1&x=2&y=a%20b+c&z",
      cookies: ["a=b", "c=d"],
      headers: {
        host: "api1.example:80",
        "x-a": "1,2",
        "user-agent": "test",
        "x-forwarded-for": "10.0.0.1, 127.0.0.1",
        "x-forwarded-proto": "https",
        "x-amzn-trace-id": expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
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
          path: "/v1/todos/a b/c",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "test",
        },
        requestId: expect.stringMatching(/^[a-zA-Z0-9]{15}=$/),
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
    ["application/json; charset=UTF-8", "{}", false],
    ["application/merge-patch+json", "{}", true],
    ["application/problem+json; charset=utf-8", "{}", true],
    ["text/plain", "plain", false],
    ["text/plain; charset=iso-8859-1", "plain", true],
    ["application/javascript", "plain", false],
    ["application/xml", "<a/>", false],
    ["", "nothing said", true],
    ["application/x-www-form-urlencoded", "a=b", true],
    ["image/png", "\x89PNG", true],
  ])("contains a body of type %s as text or as base64", async (type, body, isBase64Encoded) => {
    await api("/v1/todos/1", { method: "PUT", headers: { "content-type": type }, body });
    expect(calls[0]?.event).toMatchObject({
      body: isBase64Encoded ? Buffer.from(body).toString("base64") : body,
      isBase64Encoded,
    });
  });

  it("contains compressed text as base64", async () => {
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    await api("/v1/todos/1", { method: "PUT", headers, body: "{}" });
    expect(calls[0]?.event).toMatchObject({ isBase64Encoded: true });
  });

  it("omits an empty body, query and cookie list", async () => {
    await api("/v1/todos/1");
    expect(calls[0]?.event).toMatchObject({ rawQueryString: "", isBase64Encoded: false });
    for (const name of ["body", "cookies", "queryStringParameters"]) expect(calls[0]?.event).not.toHaveProperty(name);
  });

  it("keeps the trace id of the request", async () => {
    await api("/v1/todos/1", { headers: { "x-amzn-trace-id": "Root=1-5759e988-bd862e3fe1be46a994272793" } });
    expect(calls[0]?.event).toMatchObject({
      headers: { "x-amzn-trace-id": "Root=1-5759e988-bd862e3fe1be46a994272793" },
    });
  });
});

describe("a request path", () => {
  // As observed on AWS: routes are matched against the path decoded once, and functions get the path decoded twice.
  it.each([
    ["/v1/todos/space%20value", "/v1/todos/space value", "space value"],
    ["/v1/todos/hash%23value", "/v1/todos/hash#value", "hash#value"],
    ["/v1/todos/%CE%BB", "/v1/todos/λ", "λ"],
    ["/v1/todos/question%3Fvalue", "/v1/todos/question", "question"],
    ["/v1/todos/literal%253Fvalue", "/v1/todos/literal?value", "literal?value"],
    ["/v1/todos/literal%252Fvalue", "/v1/todos/literal/value", "literal/value"],
    ["/v1/todos/literal%2525value", "/v1/todos/literal%value", "literal%value"],
  ])("maps %s to %s", async (path, rawPath, todoId) => {
    await raw(path);
    expect(calls[0]?.event).toMatchObject({
      routeKey: "GET /v1/todos/{todoId}",
      rawPath,
      pathParameters: { todoId },
    });
  });

  it("is split at encoded slashes too, and refused if it cannot be decoded", async () => {
    expect((await raw("/v1/todos/slash%2Fvalue")).statusCode).toBe(404);
    await raw("/v1%2Ftodos");
    expect(calls[0]?.event).toMatchObject({ routeKey: "GET /v1/todos" });
    expect((await raw("/v1/todos/percent%25done")).statusCode).toBe(400);
  });
});
