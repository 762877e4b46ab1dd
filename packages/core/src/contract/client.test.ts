import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { operations } from "../api.ts";
import { ListId, TodoId } from "../ids.ts";
import { type ClientOptions, clientOf } from "./client.ts";
import { GatewayError, NetworkError, ProblemError } from "./failures.ts";
import { problemType } from "./problem.ts";

const listId = ListId.parse("lst_01JD0000000000000000000000");
const todoId = TodoId.parse("tod_01JD0000000000000000000000");
const todo = {
  id: todoId,
  url: "https://daybook.test/v1/x",
  listId,
  title: "Buy milk",
  notes: "",
  completed: false,
  completedAt: null,
  order: 1,
  dueDate: null,
  priority: "none",
  tags: [],
  createdAt: "2026-11-21T10:00:00.000Z",
  updatedAt: "2026-11-21T10:00:00.000Z",
  version: 1,
};

interface Seen {
  readonly line: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

let seen: Seen[] = [];
let answer: (response: ServerResponse) => void = (response) => response.writeHead(204).end();
let baseUrl = "";

const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
  answer(response);
});
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen = [];
});

const json = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  answer = (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
};
const client = (options: Partial<ClientOptions> = {}) =>
  clientOf<typeof operations>(operations, { baseUrl, accessToken: () => Promise.resolve("token"), ...options });

describe("a request", () => {
  it("has the method, path, headers and body of the contract", async () => {
    json(200, todo);
    const request = { params: { listId, todoId }, body: { title: "Buy oat milk" } };
    await client().updateTodo(request, { ifMatch: 3, headers: { "x-test": "1" } });
    expect(seen).toEqual([
      {
        line: `PATCH /v1/lists/${listId}/todos/${todoId}`,
        headers: expect.objectContaining({
          authorization: "Bearer token",
          "content-type": "application/merge-patch+json",
          "if-match": '"3"',
          "x-test": "1",
        }),
        body: '{"title":"Buy oat milk"}',
      },
    ]);
  });

  it("sends the idempotency key", async () => {
    json(201, todo);
    await client().createTodo({ params: { listId }, body: { title: "Buy milk" } }, { idempotencyKey: "key-1" });
    expect(seen[0]?.headers).toMatchObject({ "idempotency-key": "key-1" });
  });

  it("omits undefined query parameters", async () => {
    json(200, []);
    await client().listTodos({ params: { listId }, query: { limit: 2, cursor: undefined } });
    expect(seen[0]?.line).toBe(`GET /v1/lists/${listId}/todos?limit=2`);
  });

  it("carries no token for public operations", async () => {
    json(200, { status: "ok", stage: "test" });
    await client().getHealth();
    expect(seen[0]?.headers).not.toHaveProperty("authorization");
  });

  it("does not compile with an id of another kind, without its body or without its parameters", () => {
    // @ts-expect-error A todo id is not a list id.
    const wrongId = () => client().listTodos({ params: { listId: todoId } });
    // @ts-expect-error A new todo needs a title.
    const noTitle = () => client().createTodo({ params: { listId }, body: {} });
    // @ts-expect-error The path needs its parameters.
    const nothing = () => client().listTodos();
    expect([wrongId, noTitle, nothing]).toHaveLength(3);
  });
});

describe("a response", () => {
  it("returns the ETag, the next cursor and the request id from the headers", async () => {
    const link = `<${baseUrl}/v1/lists/${listId}/todos?limit=1&cursor=abc-_>; rel="next"`;
    json(200, [todo], { etag: 'W/"x"', link, "apigw-requestid": "request-1" });
    const { data, status, etag, next, requestId } = await client().listTodos({ params: { listId } });
    expect(data[0]?.title).toBe("Buy milk");
    expect({ status, etag, next, requestId }).toEqual({
      status: 200,
      etag: 'W/"x"',
      next: "abc-_",
      requestId: "request-1",
    });
  });

  it("can be empty", async () => {
    answer = (response) => response.writeHead(204).end();
    const { data, next } = await client().deleteTodo({ params: { listId, todoId } });
    expect([data, next]).toEqual([undefined, undefined]);
  });
});

describe("a failure", () => {
  it("is a ProblemError when the API returns a problem", async () => {
    const problem = {
      type: problemType("list-not-found"),
      title: "There is no such list",
      status: 404,
      detail: "You have no list with this id.",
      instance: "request-1",
    };
    json(404, problem, { "content-type": "application/problem+json" });
    const failing = client().listTodos({ params: { listId } });
    await expect(failing).rejects.toThrow(ProblemError);
    await expect(failing).rejects.toMatchObject({ status: 404, problem });
  });

  it.each([
    ["application/json", '{"message":"Unauthorized"}', "Unauthorized"],
    ["text/html", "<h1>Bad gateway</h1>", "The server answered 401"],
    ["application/problem+json", "{}", "The server answered 401"],
  ])("is a GatewayError when the gateway or a proxy refuses the request: %s", async (type, body, message) => {
    answer = (response) => response.writeHead(401, { "content-type": type, "apigw-requestid": "request-1" }).end(body);
    const failing = client().getMe();
    await expect(failing).rejects.toThrow(GatewayError);
    await expect(failing).rejects.toMatchObject({ status: 401, message, requestId: "request-1" });
  });

  it.each([
    ["a number of seconds", () => "40"],
    ["a date", () => new Date(Date.now() + 39_500).toUTCString()],
  ])("tells how long to wait where the answer says it as %s", async (_, header) => {
    json(429, { message: "Too Many Requests" }, { "retry-after": header() });
    const failure = await client()
      .getMe()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GatewayError);
    const { retryAfterSeconds } = failure instanceof GatewayError ? failure : {};
    expect(retryAfterSeconds).toBeGreaterThan(36);
    expect(retryAfterSeconds).toBeLessThanOrEqual(40);
  });

  it.each([["soon"], [""]])("returns no wait when Retry-After is %j", async (header) => {
    json(429, {}, { "retry-after": header });
    await expect(client().getMe()).rejects.toMatchObject({ retryAfterSeconds: undefined });
  });

  it("is a NetworkError when there is no response", async () => {
    answer = (response) => response.destroy();
    await expect(client().getMe()).rejects.toThrow(NetworkError);
    const signal = AbortSignal.abort(new Error("Never mind"));
    await expect(client().getMe(undefined, { signal })).rejects.toMatchObject({ cause: { message: "Never mind" } });
  });
});
