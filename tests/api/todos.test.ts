import { cursorOf } from "@daybook/core/db/cursor";
import { describe, expect, inject, it } from "vitest";
import * as z from "zod";
import { expectProblem, newTodo, newUser, send, succeed, urlOf } from "../fixtures.ts";

const cloud = inject("cloud");

describe("POST /v1/lists/{listId}/todos", () => {
  it("returns 201 with the todo and its location", async () => {
    const { token, inbox } = await newUser(cloud);
    const params = { listId: inbox.id };
    const { body, headers } = await succeed(cloud, "createTodo", { token, params, body: { title: "  Buy milk 🥛  " } });
    expect(body).toMatchObject({
      listId: inbox.id,
      title: "Buy milk 🥛",
      notes: "",
      completed: false,
      completedAt: null,
      version: 1,
      dueDate: null,
    });
    expect(headers.get("location")).toBe(body.url);
    expect(body.url).toBe(urlOf(cloud, "getTodo", { params: { ...params, todoId: body.id } }).href);
    expect(headers.get("etag")).toBe('"1"');
  });

  it("accepts every writable member", async () => {
    const user = await newUser(cloud);
    const given = {
      title: "Tax",
      notes: "All of it",
      completed: true,
      order: -2.5,
      dueDate: "2027-02-28",
      priority: "high",
      tags: ["money"],
    } as const;
    const todo = await newTodo(cloud, user, given);
    expect(todo).toMatchObject(given);
    expect(todo.completedAt).not.toBeNull();
  });

  it("returns 400 for a title that is missing, blank or longer than 500 code points, and accepts exactly 500", async () => {
    const user = await newUser(cloud);
    const request = { token: user.token, params: { listId: user.inbox.id } };
    for (const body of [
      {},
      { title: "" },
      { title: "   " },
      { title: "🥛".repeat(501) },
      { title: 5 },
      { title: null },
    ]) {
      const problem = expectProblem(await send(cloud, "createTodo", { ...request, body }), "validation-failed");
      expect(problem.errors?.map((error) => error.pointer)).toEqual(["/title"]);
    }
    const without = await send(cloud, "createTodo", { ...request, body: {} });
    expect(expectProblem(without, "validation-failed").detail).toBe("/title: Is missing");
    expect((await newTodo(cloud, user, { title: "🥛".repeat(500) })).title).toHaveLength(1000);
  });

  it("accepts notes of 10,000 code points, and returns 400 for longer ones", async () => {
    const user = await newUser(cloud);
    const notes = "🥛".repeat(10_000);
    expect(await newTodo(cloud, user, { title: "x", notes })).toMatchObject({ notes });
    const request = { token: user.token, params: { listId: user.inbox.id } };
    const answer = await send(cloud, "createTodo", { ...request, body: { title: "x", notes: `${notes}x` } });
    expect(expectProblem(answer, "validation-failed").errors?.map(({ pointer }) => pointer)).toEqual(["/notes"]);
  });

  it("returns 400 for due dates outside of 1970 to 2200, and accepts the first and the last day", async () => {
    const user = await newUser(cloud);
    const { id: todoId, listId } = await newTodo(cloud, user);
    const request = { token: user.token, params: { listId, todoId } };
    for (const dueDate of ["0002-12-24", "0020-12-24", "0202-12-24", "1969-12-31", "2201-01-01", "9999-12-31"]) {
      const update = expectProblem(
        await send(cloud, "updateTodo", { ...request, body: { dueDate } }),
        "validation-failed",
      );
      expect(update.errors).toEqual([{ pointer: "/dueDate", detail: "Must be from 1970-01-01 to 2200-12-31" }]);
      const body = { title: "Tax", dueDate };
      expectProblem(
        await send(cloud, "createTodo", { token: user.token, params: { listId }, body }),
        "validation-failed",
      );
    }
    for (const dueDate of ["1970-01-01", "2200-12-31"])
      expect((await succeed(cloud, "updateTodo", { ...request, body: { dueDate } })).body).toMatchObject({ dueDate });
  });

  it("returns 400 for unknown and read-only members, and does not pollute prototypes", async () => {
    const { token, inbox } = await newUser(cloud);
    const request = { token, params: { listId: inbox.id } };
    for (const member of ["colour", "id", "version", "createdAt", "url"]) {
      const answer = await send(cloud, "createTodo", { ...request, body: { title: "x", [member]: "1" } });
      expect(expectProblem(answer, "validation-failed").errors?.map((error) => error.pointer)).toEqual([`/${member}`]);
    }
    expectProblem(
      await send(cloud, "createTodo", { ...request, body: '{"title":"x","__proto__":{"admin":true}}' }),
      "validation-failed",
    );
  });

  it("refuses invalid JSON, other media types and large bodies", async () => {
    const { token, inbox } = await newUser(cloud);
    const request = { token, params: { listId: inbox.id } };
    const broken = expectProblem(await send(cloud, "createTodo", { ...request, body: "{" }), "validation-failed");
    expect(broken.detail).toBe("The body is not JSON");
    expectProblem(
      await send(cloud, "createTodo", { ...request, body: "title=x", headers: { "content-type": "text/plain" } }),
      "media-type-unsupported",
    );
    expectProblem(
      await send(cloud, "createTodo", { ...request, body: { title: "x", notes: "x".repeat(300_000) } }),
      "body-too-large",
    );
  });
});

describe("GET /v1/lists/{listId}/todos", () => {
  it("returns the todos in their order", async () => {
    const user = await newUser(cloud);
    const second = await newTodo(cloud, user, { title: "second" });
    const last = await newTodo(cloud, user, { title: "last" });
    const first = await newTodo(cloud, user, { title: "first", order: second.order - 1 });
    const { body } = await succeed(cloud, "listTodos", { token: user.token, params: { listId: user.inbox.id } });
    expect(body).toEqual([first, second, last]);
  });

  it("paginates with Link without gaps or duplicates", async () => {
    const user = await newUser(cloud);
    const made = [];
    for (const title of ["a", "b", "c", "d", "e"]) made.push((await newTodo(cloud, user, { title })).id);
    const seen: string[] = [];
    let url: URL | undefined = urlOf(cloud, "listTodos", { params: { listId: user.inbox.id }, query: { limit: "2" } });
    while (url) {
      const response: Response = await fetch(url, { headers: { authorization: `Bearer ${user.token}` } });
      const page: { id: string }[] = await response.json();
      expect(page.length).toBeLessThanOrEqual(2);
      seen.push(...page.map((todo) => todo.id));
      const next: string | undefined = /^<([^>]+)>; rel="next"$/.exec(response.headers.get("link") ?? "")?.[1];
      url = next === undefined ? undefined : new URL(next, url);
    }
    expect(seen).toEqual(made);
  });

  it("refuses the cursor of another list", async () => {
    const [one, other] = await Promise.all([newUser(cloud), newUser(cloud)]);
    for (const title of ["a", "b"]) await newTodo(cloud, one, { title });
    await newTodo(cloud, other, { title: "mine" });
    const { headers } = await succeed(cloud, "listTodos", {
      token: one.token,
      params: { listId: one.inbox.id },
      query: { limit: "1" },
    });
    const cursor = /cursor=([^&>]+)/.exec(headers.get("link") ?? "")?.[1] ?? "";
    const query = { cursor: decodeURIComponent(cursor) };
    expectProblem(
      await send(cloud, "listTodos", { token: other.token, params: { listId: other.inbox.id }, query }),
      "validation-failed",
    );
  });

  it("treats a constructed cursor as a position in the same list, and refuses impossible ones", async () => {
    const { token, inbox } = await newUser(cloud);
    const cursors = cursorOf(`${inbox.id}/todos`, z.tuple([z.number(), z.string()]));
    const from = (order: number, id = "tod_01KA6V4C1D2E3F4G5H6J7K8M9N") =>
      send(cloud, "listTodos", {
        token,
        params: { listId: inbox.id },
        query: { cursor: cursors.encode([order, id]) },
      });
    for (const order of [0, 0.5, Number.MIN_SAFE_INTEGER]) expect((await from(order)).status).toBe(200);
    for (const order of [1e300, -1e17, 1e-200]) expectProblem(await from(order), "validation-failed");
    expectProblem(await from(0, "TODO#"), "validation-failed");
  });

  it("returns 304 until a todo changes", async () => {
    const user = await newUser(cloud);
    const request = { token: user.token, params: { listId: user.inbox.id } };
    const { headers } = await succeed(cloud, "listTodos", request);
    const known = { "if-none-match": headers.get("etag") ?? "" };
    expect((await send(cloud, "listTodos", { ...request, headers: known })).status).toBe(304);
    await newTodo(cloud, user);
    expect((await send(cloud, "listTodos", { ...request, headers: known })).status).toBe(200);
  });
});

describe("GET /v1/lists/{listId}/todos/{todoId}", () => {
  it("returns the todo, and 404 after it was deleted", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user);
    const request = { token: user.token, params: { listId: todo.listId, todoId: todo.id } };
    expect((await succeed(cloud, "getTodo", request)).body).toEqual(todo);
    await succeed(cloud, "deleteTodo", request);
    expectProblem(await send(cloud, "getTodo", request), "todo-not-found");
  });

  it("returns 400 for a malformed id", async () => {
    const user = await newUser(cloud);
    for (const todoId of ["1", user.inbox.id, "tod_", "tod_ä?#"]) {
      const answer = await send(cloud, "getTodo", { token: user.token, params: { listId: user.inbox.id, todoId } });
      expect([todoId, answer.status]).toEqual([todoId, 400]);
      expectProblem(answer, "validation-failed");
    }
  });

  it("does not traverse paths through an id, because the gateway decodes an encoded slash", async () => {
    const user = await newUser(cloud);
    const params = { listId: user.inbox.id, todoId: "../../../me" };
    const answer = await send(cloud, "getTodo", { token: user.token, params });
    expect(answer.status).toBe(404);
  });
});

describe("PATCH /v1/lists/{listId}/todos/{todoId}", () => {
  it("changes only the given members", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user, { title: "Tax", dueDate: "2027-02-28" });
    const request = { token: user.token, params: { listId: todo.listId, todoId: todo.id } };
    const done = await succeed(cloud, "updateTodo", { ...request, body: { completed: true } });
    expect(done.body).toMatchObject({ title: "Tax", dueDate: "2027-02-28", completed: true, version: 2 });
    expect(done.body.completedAt).not.toBeNull();
    const open = await succeed(cloud, "updateTodo", { ...request, body: { completed: false, dueDate: null } });
    expect(open.body).toMatchObject({ completed: false, completedAt: null, dueDate: null, version: 3 });
    expect((await succeed(cloud, "getTodo", request)).body).toEqual(open.body);
  });

  it("clears the notes and the tags with null, and keeps the title", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user, { title: "Tax", notes: "By post", tags: ["home"] });
    const request = { token: user.token, params: { listId: todo.listId, todoId: todo.id } };
    const { body } = await succeed(cloud, "updateTodo", { ...request, body: { notes: null, tags: null } });
    expect(body).toMatchObject({ title: "Tax", notes: "", tags: [], version: 2 });
    expect((await succeed(cloud, "getTodo", request)).body).toEqual(body);
    expectProblem(await send(cloud, "updateTodo", { ...request, body: { title: null } }), "validation-failed");
  });

  it("stores titles and notes in their clean form, and refuses a title that shows nothing", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user, { title: "\u202eTea\tand\u0000 cafe\u0301", notes: "a\r\nb\u0007" });
    expect(todo).toMatchObject({ title: "Tea and café", notes: "a\nb" });
    const blank = { token: user.token, params: { listId: todo.listId }, body: { title: "\u200b\u3164" } };
    expectProblem(await send(cloud, "createTodo", blank), "validation-failed");
  });

  it("accepts the media type of merge patches", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user);
    const headers = { "content-type": "application/merge-patch+json" };
    const params = { listId: todo.listId, todoId: todo.id };
    await succeed(cloud, "updateTodo", { token: user.token, params, headers, body: { title: "Buy oats" } });
  });

  it("accepts only one of 20 concurrent updates with the same If-Match", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user);
    const request = {
      token: user.token,
      params: { listId: todo.listId, todoId: todo.id },
      headers: { "if-match": 'W/"1"' },
    };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => send(cloud, "updateTodo", { ...request, body: { title: `by ${i}` } })),
    );
    const refused = answers.filter((answer) => answer.status !== 200);
    expect(refused).toHaveLength(19);
    for (const answer of refused) expectProblem(answer, "version-conflict");
  });

  it("refuses a blank title and keeps the todo unchanged", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user);
    const request = { token: user.token, params: { listId: todo.listId, todoId: todo.id } };
    expectProblem(await send(cloud, "updateTodo", { ...request, body: { title: " " } }), "validation-failed");
    expect((await succeed(cloud, "getTodo", request)).body).toEqual(todo);
  });

  it("does not restore a deleted todo", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user);
    const request = { token: user.token, params: { listId: todo.listId, todoId: todo.id } };
    await succeed(cloud, "deleteTodo", request);
    expectProblem(await send(cloud, "updateTodo", { ...request, body: { completed: true } }), "todo-not-found");
  });
});

describe("DELETE /v1/lists/{listId}/todos/{todoId}", () => {
  it("returns 412 when If-Match names an older version", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user);
    const request = { token: user.token, params: { listId: todo.listId, todoId: todo.id } };
    await succeed(cloud, "updateTodo", { ...request, body: { completed: true } });
    expectProblem(await send(cloud, "deleteTodo", { ...request, headers: { "if-match": '"1"' } }), "version-conflict");
    await succeed(cloud, "deleteTodo", { ...request, headers: { "if-match": '"2"' } });
    expectProblem(await send(cloud, "deleteTodo", request), "todo-not-found");
  });
});
