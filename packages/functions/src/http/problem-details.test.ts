import { randomUUID } from "node:crypto";
import { ProblemDetails } from "@daybook/core/contract/problem-details";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { invoke, origin } from "../test-api.ts";
import { merge, startTestTodos } from "../test-todos.ts";

let api: Awaited<ReturnType<typeof startTestTodos>>;
let inbox: Awaited<ReturnType<typeof api.newInbox>>;
let account: typeof import("../account.ts");
let session: typeof import("../session.ts");
let system: typeof import("../system.ts");

beforeAll(async () => {
  api = await startTestTodos();
  account = await import("../account.ts");
  session = await import("../session.ts");
  system = await import("../system.ts");
});
afterAll(() => api.close());
beforeEach(async () => {
  inbox = await api.newInbox();
});

const pointers = (json: Record<string, unknown>) => ProblemDetails.parse(json).errors?.map(({ pointer }) => pointer);

describe("an invalid request", () => {
  it("reports every invalid field", async () => {
    const { statusCode, headers, json } = await inbox.create({
      title: " ",
      tags: ["ok", 1],
      colour: "red",
      "a/b~c": 1,
    });
    expect(statusCode).toBe(400);
    expect(headers["content-type"]).toBe("application/problem+json");
    expect(headers["cache-control"]).toBe("no-store");
    expect(json).toMatchObject({ type: "urn:daybook:problem:validation-failed", instance: "request-1" });
    expect(pointers(json)?.toSorted()).toEqual(["/a~1b~0c", "/colour", "/tags/1", "/title"]);
  });

  it("reports the location of invalid parameters", async () => {
    const answer = await invoke(
      api.listTodos,
      inbox.collection({ params: { listId: "x" }, query: { limit: "101", page: "2" } }),
    );
    expect(pointers(answer.json)?.toSorted()).toEqual(["/path/listId", "/query/limit", "/query/page"]);
  });

  it.each(["2.5", "0", "1,2", "", "1e9"])("rejects the limit %j", async (limit) => {
    expect(await invoke(api.listTodos, inbox.collection({ query: { limit } }))).toMatchObject({ statusCode: 400 });
  });

  it.each(["", "eyJ4IjoxfQ", "💥"])("rejects the cursor %j", async (cursor) => {
    const answer = await invoke(api.listTodos, inbox.collection({ query: { cursor } }));
    expect(answer.statusCode).toBe(400);
    expect(pointers(answer.json)).toEqual(["/query/cursor"]);
  });

  it.each(["{", "", "nope", "\u0000"])("rejects the body %j", async (rawBody) => {
    expect(await inbox.create(undefined, { rawBody })).toMatchObject({ statusCode: 400 });
  });

  it.each(["null", "[]", '"title"', "1"])("rejects a body that is %s", async (rawBody) => {
    expect(await inbox.create(undefined, { rawBody })).toMatchObject({ statusCode: 400 });
  });

  it("cannot change a prototype", async () => {
    const bodies = [
      '{"title":"x","__proto__":{"completed":true}}',
      '{"title":"x","constructor":{"prototype":{"polluted":1}}}',
    ];
    for (const rawBody of bodies) {
      const { statusCode, json } = await inbox.create(undefined, { rawBody });
      if (statusCode === 201) expect(json.completed).toBe(false);
      else expect(statusCode).toBe(400);
    }
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it.each([1e300, -1e300, 1e-300, Number.MAX_SAFE_INTEGER + 2])("rejects the order %d", async (order) => {
    expect(await inbox.create({ title: "x", order })).toMatchObject({ statusCode: 400 });
  });

  it("is rejected with 415 if it is not JSON, and with 413 if it is too large", async () => {
    const text = { headers: { "content-type": "text/plain" } };
    expect(await inbox.create({ title: "x" }, text)).toMatchObject({ statusCode: 415 });
    expect(await inbox.create({ title: "x" }, { headers: merge() })).toMatchObject({ statusCode: 415 });
    expect(await inbox.create({ title: "x", notes: "n".repeat(256 * 1024) })).toMatchObject({ statusCode: 413 });
  });
});

describe("rejected requests", () => {
  it("return 404 for another user's list and its todos", async () => {
    const { json } = await inbox.create({ title: "Mine" });
    const other = randomUUID();
    const answers = await Promise.all([
      invoke(api.listTodos, inbox.collection({ sub: other })),
      inbox.create({ title: "x" }, { sub: other }),
      invoke(api.getTodo, inbox.item(json.id, { sub: other })),
      invoke(
        api.updateTodo,
        inbox.item(json.id, { method: "PATCH", sub: other, body: { title: "x" }, headers: merge() }),
      ),
      invoke(api.deleteTodo, inbox.item(json.id, { method: "DELETE", sub: other })),
    ]);
    const types = answers.map(({ statusCode, json: problem }) => [statusCode, problem.type]);
    expect(types).toEqual(Array(5).fill([404, "urn:daybook:problem:list-not-found"]));
  });

  it("return 401 unless they have an access token", async () => {
    expect(await invoke(api.listTodos, inbox.collection({ tokenUse: "id" }))).toMatchObject({ statusCode: 401 });
    const { sub: _, ...anonymous } = inbox.collection();
    expect(await invoke(api.listTodos, anonymous)).toMatchObject({ statusCode: 401 });
  });

  it("return 404 for an unknown route", async () => {
    const answer = await invoke(system.routeNotFound, { method: "PUT", path: "/v1/nothing" });
    expect(answer).toMatchObject({ statusCode: 404 });
    expect(ProblemDetails.parse(answer.json).detail).toBe("No operation has PUT /v1/nothing.");
  });

  it("return 404, not 405, for an operation whose route is not deployed yet", async () => {
    const answer = await invoke(system.routeNotFound, { method: "GET", path: "/v1/lists" });
    expect(answer).toMatchObject({ statusCode: 404 });
    expect(ProblemDetails.parse(answer.json).detail).toMatch(/^GET \/v1\/lists is not deployed yet\..*`npm run synth`/);
  });

  it("return 403 if a session is used from another site", async () => {
    const elsewhere = { method: "POST", headers: { origin: "https://elsewhere.test" } };
    const credentials = { email: "ada@example.com", password: "correct horse battery" };
    const forbidden = [
      invoke(session.refreshSession, { method: "POST" }),
      invoke(session.refreshSession, elsewhere),
      invoke(session.refreshSession, { method: "POST", headers: { origin: "null" } }),
      invoke(session.deleteSession, { ...elsewhere, method: "DELETE" }),
      invoke(session.createSession, { ...elsewhere, body: credentials }),
      invoke(account.signUp, { ...elsewhere, body: credentials }),
    ];
    for (const answer of await Promise.all(forbidden)) {
      expect(answer).toMatchObject({ statusCode: 403, json: { type: "urn:daybook:problem:origin-forbidden" } });
    }
  });

  it("clear a cookie without a session", async () => {
    const answer = await invoke(session.refreshSession, {
      method: "POST",
      headers: { origin },
      cookies: ["other=1", "__Host-session=nonsense"],
    });
    expect(answer.statusCode).toBe(401);
    expect(answer.cookies).toEqual(["__Host-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax"]);
  });

  it("sign out without a session", async () => {
    const answer = await invoke(session.deleteSession, { method: "DELETE", headers: { origin } });
    expect(answer).toMatchObject({ statusCode: 204, cookies: [expect.stringContaining("Max-Age=0")] });
  });
});
