import { describe, expect, inject, it } from "vitest";
import { expectProblem, newTodo, newUser, send, succeed, type TestUser } from "../fixtures.ts";

const cloud = inject("cloud");

const inboxOf = ({ token, inbox }: TestUser) => ({ token, params: { listId: inbox.id } });
const todosOf = async (user: TestUser) => (await succeed(cloud, "listTodos", inboxOf(user))).body;

describe("PATCH /v1/lists/{listId}/todos", () => {
  it("completes all todos, and changes only open ones", async () => {
    const user = await newUser(cloud);
    const done = await newTodo(cloud, user, { title: "done", completed: true });
    const open = await newTodo(cloud, user, { title: "open", notes: "Keep", dueDate: "2027-02-28", tags: ["a"] });
    const answer = await succeed(cloud, "updateTodos", { ...inboxOf(user), body: { completed: true } });
    expect(answer.status).toBe(204);
    const [first, second] = await todosOf(user);
    expect(first).toEqual(done);
    expect(second).toEqual({
      ...open,
      completed: true,
      completedAt: expect.any(String),
      updatedAt: second?.completedAt,
      version: 2,
    });
  });

  it("reopens all todos, with a new entity tag for the changed ones", async () => {
    const user = await newUser(cloud);
    const done = await newTodo(cloud, user, { title: "done", completed: true });
    const open = await newTodo(cloud, user, { title: "open" });
    await succeed(cloud, "updateTodos", { ...inboxOf(user), body: { completed: false } });
    expect(await todosOf(user)).toMatchObject([{ id: done.id, completed: false, completedAt: null, version: 2 }, open]);
    const stale = { token: user.token, params: { listId: user.inbox.id, todoId: done.id } };
    const headers = { "if-match": '"1"' };
    expectProblem(await send(cloud, "updateTodo", { ...stale, headers, body: { title: "New" } }), "version-conflict");
  });

  it("is idempotent, also for an empty list", async () => {
    const user = await newUser(cloud);
    const request = { ...inboxOf(user), body: { completed: true } };
    await succeed(cloud, "updateTodos", request);
    await newTodo(cloud, user);
    await succeed(cloud, "updateTodos", request);
    const after = await todosOf(user);
    await succeed(cloud, "updateTodos", request);
    expect(await todosOf(user)).toEqual(after);
  });

  it("does not affect other lists", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user);
    const { body: other } = await succeed(cloud, "createList", { token: user.token, body: { name: "Other" } });
    await newTodo(cloud, { ...user, inbox: other });
    await succeed(cloud, "updateTodos", { ...inboxOf({ ...user, inbox: other }), body: { completed: true } });
    expect(await todosOf(user)).toEqual([todo]);
  });

  it("accepts only `completed`, which is required", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user);
    for (const body of [{}, { completed: null }, { completed: "yes" }, { completed: true, title: "All" }, []]) {
      expectProblem(await send(cloud, "updateTodos", { ...inboxOf(user), body }), "validation-failed");
    }
    expect(await todosOf(user)).toEqual([todo]);
  });

  it("neither restores a deleted todo nor overwrites a concurrent update", async () => {
    const user = await newUser(cloud);
    const todos = [];
    for (const title of ["a", "b", "c", "d"]) todos.push(await newTodo(cloud, user, { title }));
    const [first, second] = todos;
    const one = (todoId = "") => ({ token: user.token, params: { listId: user.inbox.id, todoId } });
    await Promise.all([
      succeed(cloud, "updateTodos", { ...inboxOf(user), body: { completed: true } }),
      succeed(cloud, "deleteTodo", one(first?.id)),
      succeed(cloud, "updateTodo", { ...one(second?.id), body: { title: "Renamed" } }),
    ]);
    const after = await todosOf(user);
    expect(after.map(({ title }) => title)).toEqual(["Renamed", "c", "d"]);
    expect(after.every(({ completed }) => completed)).toBe(true);
  });
});

describe("DELETE /v1/lists/{listId}/todos", () => {
  it("deletes all todos and keeps the list", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user);
    await newTodo(cloud, user, { title: "done", completed: true });
    const answer = await succeed(cloud, "deleteTodos", inboxOf(user));
    expect(answer.status).toBe(204);
    expect(await todosOf(user)).toEqual([]);
    const one = { token: user.token, params: { listId: user.inbox.id, todoId: todo.id } };
    for (const id of ["getTodo", "deleteTodo"] as const) expectProblem(await send(cloud, id, one), "todo-not-found");
    expect((await succeed(cloud, "getList", inboxOf(user))).body).toEqual(user.inbox);
    const fresh = await newTodo(cloud, user, { title: "fresh" });
    expect(await todosOf(user)).toEqual([fresh]);
  });

  it("is idempotent, also for concurrent requests", async () => {
    const user = await newUser(cloud);
    await newTodo(cloud, user);
    await Promise.all(Array.from({ length: 5 }, () => succeed(cloud, "deleteTodos", inboxOf(user))));
    await succeed(cloud, "deleteTodos", inboxOf(user));
    expect(await todosOf(user)).toEqual([]);
  });

  it("deletes only completed todos with completed=true", async () => {
    const user = await newUser(cloud);
    const open = await newTodo(cloud, user, { title: "open" });
    for (const title of ["a", "b"]) await newTodo(cloud, user, { title, completed: true });
    const answer = await succeed(cloud, "deleteTodos", { ...inboxOf(user), query: { completed: "true" } });
    expect(answer.status).toBe(204);
    expect(await todosOf(user)).toEqual([open]);
  });

  it("returns 400 for other conditions, instead of deleting everything", async () => {
    const user = await newUser(cloud);
    const todo = await newTodo(cloud, user);
    for (const query of [{ completed: "false" }, { completed: "" }, { done: "true" }, { completed: "1" }]) {
      expectProblem(await send(cloud, "deleteTodos", { ...inboxOf(user), query }), "validation-failed");
    }
    expect(await todosOf(user)).toEqual([todo]);
  });
});
