import { describe, expect, inject, it } from "vitest";
import { newTodo, newUser, succeed } from "../fixtures.ts";

const cloud = inject("cloud");

describe("the order of todos", () => {
  it("is kept as given, and can be halved 20 times between two neighbors", async () => {
    const user = await newUser(cloud);
    const request = { token: user.token, params: { listId: user.inbox.id } };
    await newTodo(cloud, user, { title: "first", order: 0 });
    await newTodo(cloud, user, { title: "last", order: 2 ** -36 });
    for (let i = 0; i < 20; i += 1) {
      const { body: todos } = await succeed(cloud, "listTodos", request);
      const [first, next] = todos;
      const order = ((first?.order ?? 0) + (next?.order ?? 0)) / 2;
      expect((await newTodo(cloud, user, { title: `${i}`, order })).order).toBe(order);
    }
    const { body: todos } = await succeed(cloud, "listTodos", request);
    expect(todos.map(({ title }) => title)).toEqual([
      "first",
      ...Array.from({ length: 20 }, (_, i) => `${19 - i}`),
      "last",
    ]);
    expect(new Set(todos.map(({ order }) => order)).size).toBe(22);
  });

  it("becomes distinct for todos that share it when another todo is moved there", async () => {
    const user = await newUser(cloud);
    const request = { token: user.token, params: { listId: user.inbox.id } };
    const moved = await newTodo(cloud, user, { title: "moved" });
    await Promise.all(["a", "b", "c"].map((title) => newTodo(cloud, user, { title, order: 5 })));
    const params = { ...request.params, todoId: moved.id };
    const { body } = await succeed(cloud, "updateTodo", { token: user.token, params, body: { order: 5 } });
    expect(body.order).toBe(5);
    const orders = (await succeed(cloud, "listTodos", request)).body.map(({ order }) => order);
    expect(new Set(orders).size).toBe(4);
  });
});
