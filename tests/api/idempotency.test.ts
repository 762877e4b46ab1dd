import { randomUUID } from "node:crypto";
import { type OperationId, operations } from "@daybook/core/api";
import type { Operation } from "@daybook/core/contract/operation";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { type Call, expectProblem, newUser, send, succeed, type TestUser } from "../fixtures.ts";
import { commentedPost, repeatableInBlog } from "./repeatable-in-blog.ts";

const cloud = inject("cloud");

// `Object.keys` returns `string[]`, but the keys of `operations` are its ids.
const all = (Object.keys(operations) as OperationId[]).map((id): Operation<Operation, OperationId> => operations[id]);
const repeatable = all.filter((operation) => operation.idempotent);

/** Two valid bodies per idempotent operation. Add them here for each new idempotent operation. */
const bodies: Partial<Record<OperationId, readonly [unknown, unknown]>> = {
  createList: [{ name: "Groceries" }, { name: "Tools" }],
  createTodo: [{ title: "Buy milk" }, { title: "Buy oats" }],
  createMedia: [
    { type: "image/png", bytes: 100 },
    { type: "image/png", bytes: 200 },
  ],
  ...repeatableInBlog,
};

/** The parameters of paths that do not depend on the user. */
let shared: Record<string, string> = {};
// #region blog
beforeAll(async () => {
  shared = await commentedPost();
});
// #endregion blog

/** Creates a user with a name, which comments require. */
async function newNamed(): Promise<TestUser> {
  const user = await newUser(cloud);
  await succeed(cloud, "updateMe", { token: user.token, body: { name: "Rosa" } });
  return user;
}

describe.each(repeatable.map(({ id, path }) => [id, path] as const))("%s with an Idempotency-Key", (id) => {
  const [body, other] = bodies[id] ?? expect.fail(`Two bodies for ${id} are missing`);
  const callOf = (user: TestUser, key: string = randomUUID()): Call => ({
    token: user.token,
    params: { ...shared, listId: user.inbox.id },
    headers: { "idempotency-key": key },
    body,
  });
  /** The parts of a response that a replay must repeat. */
  const essence = ({ status, headers, body: content }: Awaited<ReturnType<typeof send>>) => ({
    status,
    body: content,
    headers: ["location", "etag", "content-type", "cache-control"].map((name) => headers.get(name)),
  });

  it("replays the first response without another effect", async () => {
    const user = await newNamed();
    const call = callOf(user);
    const first = await send(cloud, id, call);
    expect(first.status).toBe(201);
    const [second, third] = [await send(cloud, id, call), await send(cloud, id, call)];
    expect([essence(second), essence(third)]).toEqual([essence(first), essence(first)]);
    const others = await send(cloud, id, callOf(user));
    expect(others.body).not.toEqual(first.body);
  });

  it("treats reformatted JSON as the same request", async () => {
    const call = callOf(await newNamed());
    const first = await send(cloud, id, call);
    expect(essence(await send(cloud, id, { ...call, body: JSON.stringify(body, null, 4) }))).toEqual(essence(first));
  });

  it("returns 422 for another body", async () => {
    const call = callOf(await newNamed());
    await succeed(cloud, id, call);
    expectProblem(await send(cloud, id, { ...call, body: other }), "idempotency-key-reused");
  });

  it("scopes keys to the user", async () => {
    const key = randomUUID();
    const [one, another] = await Promise.all([newNamed(), newNamed()]);
    const [first, second] = [
      await succeed(cloud, id, callOf(one, key)),
      await succeed(cloud, id, callOf(another, key)),
    ];
    expect(second.body).not.toEqual(first.body);
  });

  it("has one effect for concurrent requests", async () => {
    const call = callOf(await newNamed());
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(cloud, id, call)));
    const refused = answers.filter(({ status }) => status !== 201);
    for (const answer of refused) expectProblem(answer, "request-in-flight");
    const made = [...answers.filter((answer) => !refused.includes(answer)), await send(cloud, id, call)];
    expect(new Set(made.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
  });

  it("does not store error responses", async () => {
    const call = callOf(await newNamed());
    expectProblem(await send(cloud, id, { ...call, body: { nonsense: true } }), "validation-failed");
    await succeed(cloud, id, call);
  });

  it.each(["", " ".repeat(3), "k".repeat(256), "schlüssel", "tab\there"])("returns 400 for the key %j", async (key) => {
    const answer = await send(cloud, id, callOf(await newNamed(), key));
    expect(expectProblem(answer, "validation-failed").errors).toEqual([
      expect.objectContaining({ pointer: "/header/Idempotency-Key" }),
    ]);
  });

  it("accepts keys of 1 to 255 printable characters", async () => {
    const user = await newNamed();
    for (const key of ["1", "k".repeat(255), 'a "b" #c', "createTodo#1"]) await succeed(cloud, id, callOf(user, key));
  });
});

describe("an idempotency key", () => {
  it("is scoped to one operation", async () => {
    const user = await newUser(cloud);
    const call = { token: user.token, headers: { "idempotency-key": "1" } };
    await succeed(cloud, "createList", { ...call, body: { name: "x" } });
    await succeed(cloud, "createTodo", { ...call, params: { listId: user.inbox.id }, body: { title: "x" } });
  });

  it("is scoped to one path: the same body for another list is another request", async () => {
    const user = await newUser(cloud);
    const call = { token: user.token, headers: { "idempotency-key": "1" }, body: { title: "x" } };
    const { body: list } = await succeed(cloud, "createList", { token: user.token, body: { name: "Other" } });
    await succeed(cloud, "createTodo", { ...call, params: { listId: user.inbox.id } });
    expectProblem(await send(cloud, "createTodo", { ...call, params: { listId: list.id } }), "idempotency-key-reused");
  });

  it("replays the first response after the resource was changed or deleted", async () => {
    const user = await newUser(cloud);
    const params = { listId: user.inbox.id };
    const call = { token: user.token, params, headers: { "idempotency-key": "1" }, body: { title: "First" } };
    const first = await succeed(cloud, "createTodo", call);
    const item = { token: user.token, params: { ...params, todoId: first.body.id } };
    await succeed(cloud, "updateTodo", { ...item, body: { title: "Second" } });
    expect((await succeed(cloud, "createTodo", call)).body).toEqual(first.body);
    await succeed(cloud, "deleteTodo", item);
    const again = await succeed(cloud, "createTodo", call);
    expect([again.body, again.headers.get("etag")]).toEqual([first.body, first.headers.get("etag")]);
    expect((await succeed(cloud, "listTodos", { token: user.token, params })).body).toEqual([]);
  });

  it("returns 404 when the caller has lost access to the parent", async () => {
    const user = await newUser(cloud);
    const { body: list } = await succeed(cloud, "createList", { token: user.token, body: { name: "Short-lived" } });
    const params = { listId: list.id };
    const call = { token: user.token, params, headers: { "idempotency-key": "1" }, body: { title: "x" } };
    await succeed(cloud, "createTodo", call);
    await succeed(cloud, "deleteList", { token: user.token, params });
    expectProblem(await send(cloud, "createTodo", call), "list-not-found");
  });
});
