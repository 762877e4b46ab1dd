import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newTodo, newUser, send, succeed, type TestUser } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

/**
 * Milliseconds that a transaction locks its items: long enough that another request for the same item exhausts its
 * retries.
 */
const transactionMs = 250;

let cloud: RunningCloud;
let user: TestUser;
beforeAll(async () => {
  cloud = await runCloud((graph) => graph, { gsiDelayMs: 60_000, transactionMs });
  user = await newUser(cloud.env);
});
afterAll(() => cloud.remove());

const inInbox = () => ({ token: user.token, params: { listId: user.inbox.id } });

describe("a database whose global indexes lag by a minute", () => {
  it("returns writes in all lists at once", async () => {
    const { token } = user;
    const todo = await newTodo(cloud.env, user);
    const todos = async () => (await succeed(cloud.env, "listTodos", inInbox())).body.map(({ title }) => title);
    expect(await todos()).toEqual([todo.title]);
    const params = { listId: todo.listId, todoId: todo.id };
    await succeed(cloud.env, "updateTodo", { token, params, body: { title: "Buy oat milk" } });
    expect(await todos()).toEqual(["Buy oat milk"]);
    await succeed(cloud.env, "deleteTodo", { token, params });
    expect(await todos()).toEqual([]);
    const { body: list } = await succeed(cloud.env, "createList", { token, body: { name: "Groceries" } });
    const lists = async () => (await succeed(cloud.env, "listLists", { token })).body.map(({ id }) => id);
    expect(await lists()).toEqual([user.inbox.id, list.id]);
    await succeed(cloud.env, "deleteList", { token, params: { listId: list.id } });
    expect(await lists()).toEqual([user.inbox.id]);
  });
});

describe("slow transactions", () => {
  it("share no item, so concurrent ones of the same user succeed", async () => {
    const headers = () => ({ "idempotency-key": randomUUID() });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => [
        send(cloud.env, "createTodo", { ...inInbox(), headers: headers(), body: { title: `${index}` } }),
        send(cloud.env, "createList", { token: user.token, headers: headers(), body: { name: `${index}` } }),
      ]).flat(),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  });
});
