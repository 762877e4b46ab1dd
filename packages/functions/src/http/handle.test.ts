import { ProblemDetails } from "@daybook/core/contract/problem-details";
import { List } from "@daybook/core/list/list";
import { systemOperations } from "@daybook/core/system/system.api";
import { Todo } from "@daybook/core/todo/todo";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { invoke, origin } from "../test-api.ts";
import { merge, startTestTodos } from "../test-todos.ts";

let api: Awaited<ReturnType<typeof startTestTodos>>;
let inbox: Awaited<ReturnType<typeof api.newInbox>>;
let system: typeof import("../system.ts");
let handle: typeof import("./handle.ts").handle;

beforeAll(async () => {
  api = await startTestTodos();
  system = await import("../system.ts");
  ({ handle } = await import("./handle.ts"));
});
afterAll(() => api.close());
beforeEach(async () => {
  inbox = await api.newInbox();
});

describe("a successful response", () => {
  it("matches the contract exactly", async () => {
    const created = await inbox.create({ title: "Buy milk" });
    expect(Todo.strict().parse(created.json)).toEqual(created.json);
    const lists = await invoke(api.listLists, { path: "/v1/lists", sub: inbox.sub });
    expect(lists.json.map((each) => List.strict().parse(each))).toEqual(lists.json);
  });

  it("is a 201 with a Location header for a created item", async () => {
    const { statusCode, headers, json } = await inbox.create({ title: "Buy milk" });
    expect(statusCode).toBe(201);
    expect(headers.location).toBe(json.url);
    expect(json.url).toBe(`${origin}/v1/lists/${inbox.listId}/todos/${json.id}`);
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "cache-control": "private, no-cache",
      etag: '"1"',
    });
  });

  it("is a 204 without a body for a deleted item", async () => {
    const { json } = await inbox.create({ title: "Gone" });
    const answer = await invoke(api.deleteTodo, inbox.item(json.id, { method: "DELETE" }));
    expect(answer).toMatchObject({ statusCode: 204 });
    expect(answer.body).toBeUndefined();
  });

  it("links to the next page with the same query", async () => {
    for (const title of ["a", "b", "c"]) await inbox.create({ title });
    const first = await invoke(api.listTodos, inbox.collection({ query: { limit: "2" } }));
    const link = first.headers.link?.match(/^<(.*)>; rel="next"$/)?.[1] ?? "";
    const next = new URL(link);
    expect(next.origin + next.pathname).toBe(`${origin}/v1/lists/${inbox.listId}/todos`);
    const second = await invoke(api.listTodos, inbox.collection({ query: Object.fromEntries(next.searchParams) }));
    expect(second.json.map(({ title }) => title)).toEqual(["c"]);
    expect(second.headers.link).toBeUndefined();
  });
});

describe("conditional requests", () => {
  it.each(['"1"', 'W/"1"', '"7", "1"', "*"])("returns 304 for If-None-Match: %s", async (tag) => {
    const { json } = await inbox.create({ title: "Same" });
    const answer = await invoke(api.getTodo, inbox.item(json.id, { headers: { "if-none-match": tag } }));
    expect(answer).toMatchObject({ statusCode: 304, headers: { etag: '"1"', "cache-control": "private, no-cache" } });
    expect(answer.body).toBeUndefined();
  });

  it("returns a new tag for a changed collection", async () => {
    const before = await invoke(api.listTodos, inbox.collection());
    await inbox.create({ title: "New" });
    const headers = { "if-none-match": before.headers.etag ?? "" };
    expect((await invoke(api.listTodos, inbox.collection({ headers }))).statusCode).toBe(200);
  });

  it.each(['"1"', 'W/"1"', '"9", "1"', "*"])("updates the version named by If-Match: %s", async (tag) => {
    const { json } = await inbox.create({ title: "Old" });
    const request = inbox.item(json.id, {
      method: "PATCH",
      body: { title: "New" },
      headers: merge({ "if-match": tag }),
    });
    expect(await invoke(api.updateTodo, request)).toMatchObject({ statusCode: 200, headers: { etag: '"2"' } });
  });

  it.each(['"2"', '"something else"', "1"])("returns 412 for If-Match: %s", async (tag) => {
    const { json } = await inbox.create({ title: "Old" });
    const change = inbox.item(json.id, {
      method: "PATCH",
      body: { title: "New" },
      headers: merge({ "if-match": tag }),
    });
    expect(await invoke(api.updateTodo, change)).toMatchObject({ statusCode: 412 });
    const removal = inbox.item(json.id, { method: "DELETE", headers: { "if-match": tag } });
    expect(await invoke(api.deleteTodo, removal)).toMatchObject({ statusCode: 412 });
  });
});

describe("a failed request", () => {
  it("hides the details of an unexpected error and logs its causes", async () => {
    const cause = new Error("connection string postgres://secret");
    const failing = handle(systemOperations.getOpenApi, () => Promise.reject(new Error("Broken", { cause })));
    const { statusCode, headers, body = "" } = await invoke(failing, { path: "/v1/openapi.json" });
    expect(statusCode).toBe(500);
    expect(headers["cache-control"]).toBe("no-store");
    expect(body).not.toMatch(/Broken|secret|stack/);
    expect(JSON.parse(body)).toMatchObject({ type: "urn:daybook:problem:internal-error", instance: "request-1" });
    expect(api.lines).toEqual([
      expect.objectContaining({
        level: "ERROR",
        status: 500,
        error: expect.objectContaining({
          message: "Broken",
          cause: expect.objectContaining({ message: cause.message }),
        }),
      }),
    ]);
  });

  it("returns 503 with Retry-After when the database stays unreachable", async () => {
    const answer = await api.withoutDatabase(() => invoke(api.listTodos, inbox.collection()));
    expect(answer).toMatchObject({ statusCode: 503, headers: { "retry-after": "2" } });
    expect(ProblemDetails.parse(answer.json).type).toBe("urn:daybook:problem:temporarily-unavailable");
  });

  it("returns 503 before the Lambda timeout", async () => {
    const late = handle(systemOperations.getOpenApi, () => new Promise(() => undefined));
    const answer = await invoke(late, { path: "/v1/openapi.json", remainingMilliseconds: 210 });
    expect(answer.statusCode).toBe(503);
  });
});

describe("system operations", () => {
  it("report health when the database responds", async () => {
    const answer = await invoke(system.getHealth, { path: "/v1/health" });
    expect(answer).toMatchObject({
      statusCode: 200,
      json: { status: "ok", stage: "test" },
      headers: { "cache-control": "no-store" },
    });
  });

  it("return the OpenAPI document with edge caching", async () => {
    const answer = await invoke(system.getOpenApi, { path: "/v1/openapi.json" });
    expect(answer).toMatchObject({ statusCode: 200, json: { openapi: "3.1.0", servers: [{ url: origin }] } });
    expect(answer.headers["cache-control"]).toBe("public, max-age=0, s-maxage=300, stale-while-revalidate=86400");
  });
});

describe("the log", () => {
  it("has one line per request without request content", async () => {
    await inbox.create({ title: "My secret plan" });
    expect(api.lines).toEqual([
      expect.objectContaining({
        level: "INFO",
        requestId: "request-1",
        operation: "createTodo",
        userId: `usr_${inbox.sub}`,
        status: 201,
        durationMs: expect.any(Number),
        coldStart: expect.any(Boolean),
      }),
    ]);
    expect(JSON.stringify(api.lines)).not.toContain("secret");
  });

  it("never contains an idempotency key", async () => {
    const key = "a-key-that-nobody-else-may-know";
    const headers = { "idempotency-key": key };
    await inbox.create({ title: "One" }, { headers });
    await inbox.create({ title: "Two" }, { headers });
    await inbox.create({ title: "Three" }, { headers: { "idempotency-key": `${key}\u0000` } });
    expect(api.lines.map(({ status }) => status)).toEqual([201, 422, 400]);
    expect(JSON.stringify(api.lines)).not.toContain(key);
  });

  it("names the problem of a rejected request", async () => {
    await inbox.create({ title: "" });
    expect(api.lines).toEqual([expect.objectContaining({ level: "INFO", status: 400, problem: "validation-failed" })]);
  });
});
