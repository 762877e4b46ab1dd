import { describe, expect, it } from "vitest";
import { api, calls, raw } from "./fixture.ts";

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
