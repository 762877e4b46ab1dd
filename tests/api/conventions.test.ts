import { once } from "node:events";
import { connect } from "node:net";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { allOperations } from "../contract-operations.ts";
import { expectProblem, newTodo, newUser, send, succeed, type TestUser, variable } from "../fixtures.ts";
import { sendRaw } from "./raw.ts";

const cloud = inject("cloud");

let user: TestUser;
beforeAll(async () => {
  user = await newUser(cloud);
});

const withToken = () => ({ authorization: `Bearer ${user.token}` });
const todosPath = () => `/v1/lists/${user.inbox.id}/todos`;

describe("an unsupported method", () => {
  const atEdge = new Set(
    allOperations.filter(({ cache }) => typeof cache === "object").map(({ path }): string => path),
  );
  const byPath = Map.groupBy(allOperations, ({ path }) => path);
  it.each([...byPath].map(([path, found]) => [path, found.map(({ method }) => method).toSorted()] as const))(
    "returns 405 with Allow: %s",
    async (path, methods) => {
      const concrete = path.replaceAll(/\{\w+\}/g, "anything");
      for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
        if (methods.some((each) => each === method)) continue;
        // The edge also answers HEAD for responses that it caches.
        if (method === "HEAD" && atEdge.has(path)) continue;
        const answer = await sendRaw(cloud, concrete, { method });
        expect([method, answer.status, answer.headers.get("allow")]).toEqual([method, 405, methods.join(", ")]);
        expect(answer.headers.get("cache-control")).toBe("no-store");
        if (method === "HEAD") expect(answer.body).toBe("");
        else expectProblem(answer, "method-not-allowed");
      }
    },
  );
});

describe("an unknown path", () => {
  it.each([
    "/v1",
    "/v1/",
    "/v1/lists/",
    "/v1//lists",
    "/v1/lists//todos",
    "/v1%2Flists",
    "/v1/lists%2F",
    "/V1/lists",
    "/v1/nothing",
    "/v1/lists/a/b/c/d/e",
  ])("returns 404 for %s", async (path) => {
    const answer = await sendRaw(cloud, path, { headers: withToken() });
    expect(answer.status).toBe(404);
    if (path.startsWith("/v1/")) expectProblem(answer, "route-not-found");
  });

  it.each(["..", "a%2Fb", "%00", "%2e%2e", "lst_x%2f..%2f..", "%F0%9F%A5%9B", "a b"])(
    "is not routed around an id: %s",
    async (id) => {
      const answer = await sendRaw(cloud, `/v1/lists/${id.replace(" ", "%20")}/todos`, { headers: withToken() });
      expect([400, 404]).toContain(answer.status);
      expect(answer.headers.get("content-type")).toMatch(/json$/);
    },
  );

  it("returns 400 if it cannot be decoded", async () => {
    for (const path of ["/v1/lists/%", "/v1/lists/%E0%A4%A", "/v1/%zz"]) {
      expect((await sendRaw(cloud, path, { headers: withToken() })).status).toBe(400);
    }
  });
});

describe("a request body", () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    sendRaw(cloud, todosPath(), {
      method: "POST",
      headers: { ...withToken(), "content-type": "application/json", ...headers },
      body,
    });

  it.each([
    "application/x-www-form-urlencoded",
    "text/plain",
    "application/xml",
    "multipart/form-data; boundary=x",
    "application/merge-patch+json",
    "",
  ])("of type %j returns 415 where JSON is expected", async (type) => {
    expectProblem(await post('{"title":"x"}', { "content-type": type }), "media-type-unsupported");
  });

  it("may declare a charset, but not a content encoding", async () => {
    expect((await post('{"title":"x"}', { "content-type": "application/json; charset=utf-8" })).status).toBe(201);
    expectProblem(await post('{"title":"x"}', { "content-encoding": "gzip" }), "media-type-unsupported");
  });

  it("returns 413 above 256 KB, and 413 from the gateway at 10 MB", async () => {
    expectProblem(await post(JSON.stringify({ title: "x", notes: "n".repeat(256 * 1024) })), "body-too-large");
    const answer = await post(`{"title":"${"x".repeat(10 * 1024 * 1024)}"}`);
    expect(answer.status).toBe(413);
  });

  it("with deep nesting or many members returns 400", async () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expectProblem(await post(deep), "validation-failed");
    expectProblem(await post(`{"title":${deep}}`), "validation-failed");
    expectProblem(await post(`{"a":${'{"a":'.repeat(40_000)}1${"}".repeat(40_000)}}`), "validation-failed");
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i]));
    expectProblem(await post(JSON.stringify({ title: "x", ...many })), "validation-failed");
  });

  it("with a lone surrogate returns 400 with its pointer", async () => {
    for (const [member, pointer] of [
      ['"title":"\\ud83e"', "/title"],
      ['"title":"x","notes":"a\\udd5bb"', "/notes"],
      ['"title":"x","tags":["ok","\\udd5b\\ud83e"]', "/tags/1"],
    ]) {
      const problem = expectProblem(await post(`{${member}}`), "validation-failed");
      expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer]);
    }
    expect((await post('{"title":"\\ud83e\\udd5b"}')).body).toMatchObject({ title: "🥛" });
  });

  it("accepts all other characters, but stores no control characters and no overrides of the direction", async () => {
    const made = await post('{"title":"\\u0000\\u0001\\u007f\\u2028\\ufeff\\u200d\\u202e\\uffff 𝒳 e\\u0301x"}');
    expect(made.body).toMatchObject({ title: "\u200d 𝒳 \u00e9x" });
    const { headers } = made;
    const read = await sendRaw(cloud, new URL(headers.get("location") ?? "").pathname, { headers: withToken() });
    expect(read.body).toEqual(made.body);
  });

  it.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"])(
    "with the member %s returns 400 and does not pollute prototypes",
    async (name) => {
      const body = `{"title":"x","${name}":{"completed":true,"admin":true}}`;
      expectProblem(await post(body), "validation-failed");
      expect((await post('{"title":"x"}')).body).toMatchObject({ completed: false });
    },
  );
});

describe("a client that closes its connection early", () => {
  it("does not affect other clients", async () => {
    const { hostname, port } = new URL(variable(cloud, "DAYBOOK_URL"));
    for (const text of [
      "GET /v1/health HTTP/1.1\r\nhost: x\r\n\r\nnot a request",
      "POST /v1/session HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{",
    ]) {
      const socket = connect(Number(port), hostname).on("error", () => {});
      socket.end(text).resume();
      await once(socket, "close");
    }
    await succeed(cloud, "getHealth");
  });
});

describe("conditional requests", () => {
  const itemOf = (todo: { id: string; listId: string }) => ({
    token: user.token,
    params: { listId: todo.listId, todoId: todo.id },
  });

  it.each([
    ['"1"', 200],
    ['W/"1"', 200],
    ['"7", W/"1"', 200],
    ["*", 200],
    ['"2"', 412],
    ['"a,b", "3"', 412],
    ["1", 412],
    ['"', 412],
    ["", 412],
  ])("If-Match: %s returns %i for a todo at version 1", async (tag, status) => {
    const todo = await newTodo(cloud, user);
    const answer = await send(cloud, "updateTodo", {
      ...itemOf(todo),
      body: { title: "New" },
      headers: { "if-match": tag },
    });
    expect(answer.status).toBe(status);
    if (status === 412) expectProblem(answer, "version-conflict");
  });

  it("If-Match: * returns 404 for a todo that does not exist", async () => {
    const todo = await newTodo(cloud, user);
    const call = { ...itemOf(todo), headers: { "if-match": "*" } };
    await succeed(cloud, "deleteTodo", call);
    expectProblem(await send(cloud, "deleteTodo", call), "todo-not-found");
  });

  it.each([
    ['"1"', 304],
    ['W/"1"', 304],
    ['"0", W/"1"', 304],
    ["*", 304],
    ['"2"', 200],
    ["1", 200],
    ["", 200],
  ])("If-None-Match: %s returns %i for a todo at version 1", async (tag, status) => {
    const todo = await newTodo(cloud, user);
    const answer = await send(cloud, "getTodo", { ...itemOf(todo), headers: { "if-none-match": tag } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("etag")).toMatch(/^(W\/)?"1"$/);
    expect(answer.headers.get("cache-control")).toBe("private, no-cache");
    if (status === 304) expect(answer.body).toBe("");
  });
});

describe("an error response", () => {
  it.each(allOperations.map(({ id }) => [id] as const))("of %s is not cacheable", async (id) => {
    const answer = await send(cloud, id, { token: user.token, query: { surprise: "1" }, body: undefined });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("etag")).toBeNull();
  });
});
