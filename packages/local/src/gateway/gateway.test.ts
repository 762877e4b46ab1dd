import { once } from "node:events";
import net from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it, vi } from "vitest";
import { answerWith, api, calls, gateway, graph, keys, log, raw, returns, routed } from "./fixture.ts";
import { startGateway } from "./gateway.ts";

/** An invocation that Lambda refused without running the function. */
const refused = (refusal: number, errorType: string) => () =>
  ({ ok: false, error: { errorType, errorMessage: "" }, refusal }) as const;

describe("route matching", () => {
  it.each([
    ["GET", "/v1/todos", "List"],
    ["GET", "/v1/todos/1", "Get"],
    ["PUT", "/v1/todos/1", "Any"],
    ["GET", "/v1/todos/1/files/a/b.png", "Files"],
  ])("selects the most specific route for %s %s", async (method, path, expected) => {
    expect(await routed(path, { method })).toBe(expected);
  });

  it.each([
    ["GET", "/v1/nothing"],
    ["GET", "/v1/todos/"],
    ["DELETE", "/v1/todos"],
    ["HEAD", "/v1/todos"],
    ["GET", "/v1/todos/1/files/"],
  ])("returns 404 for %s %s", async (method, path) => {
    const response = await api(path, { method });
    expect(response.status).toBe(404);
    if (method !== "HEAD") expect(await response.json()).toEqual({ message: "Not Found" });
    expect(calls).toEqual([]);
  });

  it("selects $default if no other route matches", async () => {
    const caught = (path: string) => fetch(`${gateway.urls.Caught}${path}`);
    expect(await (await caught("/only")).text()).toBe("List");
    expect(await (await caught("/x/y")).text()).toBe("Fallback");
    expect(calls.at(-1)?.event).toMatchObject({ routeKey: "$default", rawPath: "/x/y" });
  });

  it("refuses a path that cannot be decoded", async () => {
    const response = await raw("/v1/todos/%E0%A4%A");
    expect([response.statusCode, await text(response)]).toEqual([400, '{"message":"Bad Request"}']);
  });

  it("refuses a request line and headers of more than 10,240 bytes", async () => {
    const long = await raw("/v1/todos", ["x-long", "x".repeat(10_240)]);
    expect([long.statusCode, await text(long)]).toEqual([431, '{"message":"Request Header Fields Too Large"}']);
    expect((await raw(`/v1/todos?${"x".repeat(20_000)}`)).statusCode).toBe(431);
    expect((await raw("/v1/todos", ["x-long", "x".repeat(10_000)])).statusCode).toBe(200);
  });
});

describe("the response", () => {
  it("is the one that the function describes", async () => {
    answerWith(
      returns({
        statusCode: 201,
        headers: { ETag: '"1"', "X-Count": 3, connection: "close" },
        cookies: ["a=b; HttpOnly", "c=d"],
        body: Buffer.from("ä").toString("base64"),
        isBase64Encoded: true,
      }),
    );
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

  it("is the function's own JSON if it has no status code", async () => {
    answerWith(returns({ hello: "world" }));
    const response = await api("/v1/todos");
    expect([response.status, response.headers.get("content-type"), await response.json()]).toEqual([
      200,
      "application/json",
      { hello: "world" },
    ]);
    answerWith(returns("bare"));
    expect(await routed("/v1/todos")).toBe("bare");
    answerWith(returns(null));
    expect(await routed("/v1/todos")).toBe("null");
  });

  it.each([204, 304])("with status %i has no body and no length", async (statusCode) => {
    answerWith(returns({ statusCode, headers: { etag: '"1"' } }));
    const { status, headers } = await api("/v1/todos");
    expect([status, headers.get("etag"), headers.get("content-length")]).toEqual([statusCode, '"1"', null]);
  });

  it.each([
    [500, "Internal Server Error", returns({ statusCode: "no number" })],
    [500, "Internal Server Error", returns({ statusCode: 200, body: { not: "text" } })],
    [
      500,
      "Internal Server Error",
      () => ({ ok: false, error: { errorType: "TypeError", errorMessage: "private" } }) as const,
    ],
    [503, "Service Unavailable", refused(429, "TooManyRequestsException")],
    [413, "Request Entity Too Large", refused(413, "RequestEntityTooLargeException")],
    [500, "Internal Server Error", refused(404, "ResourceNotFoundException")],
    [500, "Internal Server Error", refused(500, "ServiceException")],
    [503, "Service Unavailable", () => new Promise<never>(() => {})],
  ])("is %i %s when the integration fails (%#)", async (status, message, failing) => {
    answerWith(failing);
    const response = await api("/v1/todos");
    expect([response.status, await response.json()]).toEqual([status, { message }]);
    expect(response.headers.get("apigw-requestid")).toBe(calls[0]?.requestId);
  });

  it.each(["TooManyRequestsException", "RequestEntityTooLargeException"])(
    "is 500 for a function error named %s, unlike Lambda's own refusal with that name",
    async (errorType) => {
      answerWith(() => ({ ok: false, error: { errorType, errorMessage: "of the function" } }));
      const response = await api("/v1/todos");
      expect([response.status, await response.json()]).toEqual([500, { message: "Internal Server Error" }]);
    },
  );

  it("is 413 for a body over 10 MB, with or without a declared length", async () => {
    const large = new Uint8Array(10 * 1024 * 1024 + 1);
    for (const body of [large, new Blob([large]).stream()]) {
      const init: RequestInit & { duplex: "half" } = { method: "PUT", body, duplex: "half" };
      const response = await api("/v1/todos/1", init);
      expect([response.status, await response.json()]).toEqual([413, { message: "Request Entity Too Large" }]);
    }
    expect(calls).toEqual([]);
  });

  it("is 429 when the route's burst is used up, while other routes are not throttled", async () => {
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await api("/v1/limited")).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(await (await api("/v1/limited")).json()).toEqual({ message: "Too Many Requests" });
    expect((await api("/v1/todos")).status).toBe(200);
  });

  it("is 200 for 100 concurrent requests within the burst, and 429 beyond it", async () => {
    const burst = (path: string, requests: number) =>
      Promise.all(Array.from({ length: requests }, async () => (await api(path)).status));
    expect(await burst("/v1/wide", 100)).toEqual(Array(100).fill(200));
    expect(await burst("/v1/wide", 3)).toEqual([429, 429, 429]);
  });

  it("is logged in one line, with the request id", async () => {
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

it("waits 30 seconds for a function", async () => {
  const { promise: called, resolve: call } = Promise.withResolvers<void>();
  const own = await startGateway({
    graph,
    log,
    principals: new Map(),
    jwks: async () => ({ keys }),
    invoker: {
      invoke() {
        call();
        return new Promise(() => {});
      },
    },
  });
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  let status: number | undefined;
  const answered = fetch(`${own.urls.Api}/v1/todos`).then((response) => {
    status = response.status;
  });
  await called;
  vi.advanceTimersByTime(29_999);
  expect(status).toBeUndefined();
  vi.advanceTimersByTime(1);
  vi.useRealTimers();
  await answered;
  expect(status).toBe(503);
  await own.close();
});

it("closes with requests in flight, and can be closed twice", async () => {
  const own = await startGateway({
    graph,
    log,
    principals: new Map(),
    jwks: async () => ({ keys }),
    invoker: { invoke: () => new Promise(() => {}) },
  });
  const inFlight = fetch(`${own.urls.Api}/v1/todos`).catch((error: Error) => error);
  await own.close();
  await own.close();
  expect(await inFlight).toBeInstanceOf(Error);
});

describe("a malformed request", () => {
  it.each([
    ["HTTP/1.0 without Host", "GET /v1/todos HTTP/1.0\r\n\r\n"],
    ["HTTP/0.9", "GET /v1/todos\r\n\r\n"],
    ["an absolute target", "GET http://elsewhere.example/v1/todos HTTP/1.1\r\nhost: localhost\r\n\r\n"],
    ["OPTIONS *", "OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n"],
    ["markup in Host", "GET /v1/todos HTTP/1.1\r\nhost: <x>\r\n\r\n"],
  ])("returns 400: %s", async (_what, sent) => {
    const socket = net.connect(Number(new URL(gateway.urls.Api ?? "").port), "127.0.0.1", () => socket.write(sent));
    const [first] = await once(socket, "data");
    socket.destroy();
    expect(String(first)).toMatch(/^HTTP\/1\.1 400 /);
    expect(calls).toEqual([]);
  });
});
