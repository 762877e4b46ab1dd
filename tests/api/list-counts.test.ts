import { describe, expect, inject, it, vi } from "vitest";
import { newTodo, newUser, send, succeed, type TestUser } from "../fixtures.ts";

const cloud = inject("cloud");

/** Creates a list with helpers that wait for its count, which is updated asynchronously. */
async function newList() {
  const user = await newUser(cloud);
  const { body: list } = await succeed(cloud, "createList", { token: user.token, body: { name: "Groceries" } });
  const request = { token: user.token, params: { listId: list.id } };
  const owner: TestUser = { ...user, inbox: list };
  const openTodos = async () => (await succeed(cloud, "getList", request)).body.openTodos;
  return {
    request,
    list,
    user,
    openTodos,
    add: (title: string, completed = false) => newTodo(cloud, owner, { title, completed }),
    one: (todoId: string) => ({ ...request, params: { ...request.params, todoId } }),
    until: (expected: number) =>
      vi.waitFor(async () => expect(await openTodos()).toBe(expected), { timeout: 10_000, interval: 20 }),
  };
}

describe("openTodos", () => {
  it("follows changes of single todos", async () => {
    const { add, one, until, openTodos } = await newList();
    expect(await openTodos()).toBe(0);
    const [first, second] = [await add("a"), await add("b")];
    await add("done", true);
    await until(2);
    await succeed(cloud, "updateTodo", { ...one(first.id), body: { completed: true } });
    await until(1);
    await succeed(cloud, "updateTodo", { ...one(first.id), body: { completed: true, title: "Still done" } });
    await succeed(cloud, "deleteTodo", one(second.id));
    await until(0);
    await succeed(cloud, "updateTodo", { ...one(first.id), body: { completed: false } });
    await until(1);
    await succeed(cloud, "deleteTodo", one(first.id));
    await until(0);
  });

  it("follows changes of all todos in a list", async () => {
    const { add, request, until, openTodos } = await newList();
    for (const title of ["a", "b", "c"]) await add(title);
    await until(3);
    await succeed(cloud, "updateTodos", { ...request, body: { completed: true } });
    await until(0);
    await succeed(cloud, "updateTodos", { ...request, body: { completed: false } });
    await add("done", true);
    await succeed(cloud, "deleteTodos", { ...request, query: { completed: "true" } });
    await until(3);
    // Emptying a list is a single write that also resets the count.
    await succeed(cloud, "deleteTodos", request);
    expect(await openTodos()).toBe(0);
    await add("fresh");
    await until(1);
  });

  it("is correct after 20 concurrent writers with retries", async () => {
    const { request, one, until } = await newList();
    const writers = Array.from({ length: 20 }, async (_, i) => {
      const headers = { "idempotency-key": `todo-${i}` };
      const create = { ...request, headers, body: { title: `by ${i}`, order: i } };
      const { body } = await succeed(cloud, "createTodo", create);
      await succeed(cloud, "createTodo", create);
      if (i % 2 === 0) await succeed(cloud, "updateTodo", { ...one(body.id), body: { completed: true } });
      if (i % 4 === 0) await succeed(cloud, "updateTodo", { ...one(body.id), body: { completed: false } });
      if (i % 5 === 0) await succeed(cloud, "deleteTodo", one(body.id));
    });
    await Promise.all(writers);
    const { body } = await succeed(cloud, "listTodos", request);
    await until(body.filter(({ completed }) => !completed).length);
  });

  it("is returned with each list", async () => {
    const { add, list, user, until } = await newList();
    await newTodo(cloud, user);
    for (const title of ["a", "b"]) await add(title);
    await until(2);
    const counts = async () =>
      (await succeed(cloud, "listLists", { token: user.token })).body.map(({ id, openTodos }) => [id, openTodos]);
    const expected = [
      [user.inbox.id, 1],
      [list.id, 2],
    ];
    await vi.waitFor(async () => expect(await counts()).toEqual(expected), { timeout: 10_000, interval: 20 });
  });
});

describe("the entity tag of a list", () => {
  it("changes with the count, as does the tag of the list collection", async () => {
    const { add, request, user, until } = await newList();
    const all = { token: user.token };
    const known = async (headers: Headers) => ({ "if-none-match": headers.get("etag") ?? "" });
    const one = await known((await succeed(cloud, "getList", request)).headers);
    const many = await known((await succeed(cloud, "listLists", all)).headers);
    expect((await send(cloud, "getList", { ...request, headers: one })).status).toBe(304);
    expect((await send(cloud, "listLists", { ...all, headers: many })).status).toBe(304);
    await add("a");
    await until(1);
    expect((await send(cloud, "getList", { ...request, headers: one })).status).toBe(200);
    expect((await send(cloud, "listLists", { ...all, headers: many })).status).toBe(200);
  });

  it("names the same version in If-Match after a change of the count", async () => {
    const { add, request, until } = await newList();
    const { headers } = await succeed(cloud, "getList", request);
    const known = { "if-match": headers.get("etag") ?? "" };
    await add("a");
    await until(1);
    const renamed = await succeed(cloud, "updateList", { ...request, headers: known, body: { name: "Shopping" } });
    expect(renamed.body).toMatchObject({ name: "Shopping", openTodos: 1, version: 2 });
    const late = await send(cloud, "updateList", { ...request, headers: known, body: { name: "Late" } });
    expect(late.status).toBe(412);
    const current = { "if-match": renamed.headers.get("etag") ?? "" };
    await succeed(cloud, "deleteList", { ...request, headers: current });
  });
});
