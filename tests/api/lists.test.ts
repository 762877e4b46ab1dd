import { describe, expect, inject, it } from "vitest";
import { type Answer, expectProblem, newTodo, newUser, send, succeed, type TestUser, urlOf } from "../fixtures.ts";

const cloud = inject("cloud");

const newList = async ({ token }: TestUser, name = "Groceries") =>
  (await succeed(cloud, "createList", { token, body: { name } })).body;

const pointers = (answer: Answer) => expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer);

describe("POST /v1/lists", () => {
  it("returns 201 with the list and its location", async () => {
    const { token } = await newUser(cloud);
    const { body, headers } = await succeed(cloud, "createList", { token, body: { name: "  Groceries 🥕 " } });
    expect(body).toMatchObject({ kind: "list", name: "Groceries 🥕", openTodos: 0, version: 1 });
    expect(headers.get("location")).toBe(body.url);
    expect(body.url).toBe(urlOf(cloud, "getList", { params: { listId: body.id } }).href);
    expect(headers.get("etag")).toBe('"1.0"');
    expect((await succeed(cloud, "getList", { token, params: { listId: body.id } })).body).toEqual(body);
  });

  it("creates a list that accepts todos at once", async () => {
    const user = await newUser(cloud);
    const list = await newList(user);
    const request = { token: user.token, params: { listId: list.id } };
    const todo = await succeed(cloud, "createTodo", { ...request, body: { title: "Carrots" } });
    expect((await succeed(cloud, "listTodos", request)).body).toEqual([todo.body]);
  });

  it("trims the name and limits it to 1 to 100 code points", async () => {
    const user = await newUser(cloud);
    for (const name of ["", "  ", "🥕".repeat(101), 5, null, undefined]) {
      expect(pointers(await send(cloud, "createList", { token: user.token, body: { name } }))).toEqual(["/name"]);
    }
    expect((await newList(user, ` ${"🥕".repeat(100)} `)).name).toBe("🥕".repeat(100));
  });

  it("returns 400 for members that only the server sets", async () => {
    const { token } = await newUser(cloud);
    for (const member of ["id", "kind", "epoch", "ownerId", "openTodos", "version"]) {
      const body = { name: "Mine", [member]: "inbox" };
      expect(pointers(await send(cloud, "createList", { token, body }))).toEqual([`/${member}`]);
    }
  });
});

describe("GET /v1/lists", () => {
  it("returns the inbox first, then lists from oldest to newest, without delay", async () => {
    const user = await newUser(cloud);
    const names = ["Zebra", "Apple", "Mango"];
    for (const name of names) {
      const made = await newList(user, name);
      const { body } = await succeed(cloud, "listLists", { token: user.token });
      expect(body.at(-1)).toEqual(made);
    }
    const { body } = await succeed(cloud, "listLists", { token: user.token });
    expect(body.map(({ name }) => name)).toEqual(["Inbox", ...names]);
  });

  it("paginates with Link without gaps or duplicates", async () => {
    const user = await newUser(cloud);
    for (const name of ["a", "b", "c", "d"]) await newList(user, name);
    const pages: string[][] = [];
    let cursor: string | null | undefined;
    do {
      const query = { limit: "2", ...(cursor && { cursor }) };
      const { body, headers } = await succeed(cloud, "listLists", { token: user.token, query });
      pages.push(body.map(({ name }) => name));
      const link = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1];
      cursor = link && new URL(link).searchParams.get("cursor");
    } while (cursor);
    expect(pages).toEqual([["Inbox", "a"], ["b", "c"], ["d"]]);
  });

  it("does not show a list that is deleted", async () => {
    const user = await newUser(cloud);
    const [kept, gone] = [await newList(user, "kept"), await newList(user, "gone")];
    await succeed(cloud, "deleteList", { token: user.token, params: { listId: gone.id } });
    expect((await succeed(cloud, "listLists", { token: user.token })).body).toEqual([user.inbox, kept]);
  });
});

describe("GET /v1/lists/{listId}", () => {
  it("answers 304 until the list changes", async () => {
    const user = await newUser(cloud);
    const list = await newList(user);
    const request = { token: user.token, params: { listId: list.id } };
    const { headers } = await succeed(cloud, "getList", request);
    const known = { "if-none-match": headers.get("etag") ?? "" };
    expect((await send(cloud, "getList", { ...request, headers: known })).status).toBe(304);
    await succeed(cloud, "updateList", { ...request, body: { name: "Shopping" } });
    expect((await send(cloud, "getList", { ...request, headers: known })).status).toBe(200);
  });
});

describe("PATCH /v1/lists/{listId}", () => {
  it("renames a list, the inbox too", async () => {
    const user = await newUser(cloud);
    for (const list of [await newList(user), user.inbox]) {
      const request = { token: user.token, params: { listId: list.id } };
      const { body } = await succeed(cloud, "updateList", { ...request, body: { name: " Renamed " } });
      expect(body).toEqual({ ...list, name: "Renamed", version: 2, updatedAt: body.updatedAt });
      expect((await succeed(cloud, "getList", request)).body).toEqual(body);
    }
  });

  it("does not change the list for an empty or invalid patch", async () => {
    const user = await newUser(cloud);
    const list = await newList(user);
    const request = { token: user.token, params: { listId: list.id } };
    expect((await succeed(cloud, "updateList", { ...request, body: {} })).body).toEqual(list);
    for (const body of [{ name: "" }, { name: null }, { kind: "inbox" }]) {
      expectProblem(await send(cloud, "updateList", { ...request, body }), "validation-failed");
    }
    expect((await succeed(cloud, "getList", request)).body).toEqual(list);
  });

  it("accepts only one of many concurrent updates with the same If-Match", async () => {
    const user = await newUser(cloud);
    const list = await newList(user);
    const request = { token: user.token, params: { listId: list.id }, headers: { "if-match": 'W/"1"' } };
    const names = Array.from({ length: 10 }, (_, index) => `by ${index}`);
    const answers = await Promise.all(names.map((name) => send(cloud, "updateList", { ...request, body: { name } })));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(9);
    for (const answer of refused) expectProblem(answer, "version-conflict");
    expectProblem(await send(cloud, "updateList", { ...request, body: {} }), "version-conflict");
  });
});

describe("DELETE /v1/lists/{listId}", () => {
  it("deletes the list and its todos at once, for every operation", async () => {
    const user = await newUser(cloud);
    const list = await newList(user);
    const todo = await newTodo(cloud, { ...user, inbox: list });
    const request = { token: user.token, params: { listId: list.id } };
    const answer = await succeed(cloud, "deleteList", request);
    expect(answer.status).toBe(204);
    const one = { ...request, params: { listId: list.id, todoId: todo.id } };
    for (const refused of await Promise.all([
      send(cloud, "getList", request),
      send(cloud, "updateList", { ...request, body: { name: "Back" } }),
      send(cloud, "deleteList", request),
      send(cloud, "listTodos", request),
      send(cloud, "createTodo", { ...request, body: { title: "Late" } }),
      send(cloud, "updateTodos", { ...request, body: { completed: true } }),
      send(cloud, "deleteTodos", request),
      send(cloud, "deleteTodos", { ...request, query: { completed: "true" } }),
      send(cloud, "getTodo", one),
      send(cloud, "updateTodo", { ...one, body: { completed: true } }),
      send(cloud, "deleteTodo", one),
    ])) {
      expectProblem(refused, "list-not-found");
    }
  });

  it("returns 412 when If-Match names an older version", async () => {
    const user = await newUser(cloud);
    const list = await newList(user);
    const request = { token: user.token, params: { listId: list.id } };
    await succeed(cloud, "updateList", { ...request, body: { name: "Shopping" } });
    expectProblem(await send(cloud, "deleteList", { ...request, headers: { "if-match": '"1"' } }), "version-conflict");
    await succeed(cloud, "deleteList", { ...request, headers: { "if-match": '"2"' } });
  });

  it("refuses to delete the inbox", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user);
    const request = { token: user.token, params: { listId: user.inbox.id } };
    expectProblem(await send(cloud, "deleteList", request), "inbox-required");
    expect((await succeed(cloud, "listTodos", request)).body).toEqual([todo]);
  });

  it("succeeds for only one of several concurrent requests", async () => {
    const user = await newUser(cloud);
    const list = await newList(user);
    const request = { token: user.token, params: { listId: list.id } };
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(cloud, "deleteList", request)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404, 404, 404, 404]);
  });
});
