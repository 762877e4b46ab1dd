import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect, documents } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { type ListId, newListId, newTodoId } from "../ids.ts";
import { newUser } from "../lifecycle/test-user.ts";
import * as lists from "../list/list.service.ts";
import type { TestContext } from "../test-context.ts";
import { problem } from "../test-problem.ts";
import * as todos from "./todo.service.ts";

const later = { now: () => new Date("2026-11-21T11:00:00.000Z") };

let table: TestTable;
let ctx: TestContext;
let listId: ListId;

async function newInbox(): Promise<[TestContext, ListId]> {
  const ctx = await newUser();
  const { items } = await lists.list(ctx, { limit: 1 });
  const [inbox] = items;
  if (!inbox) throw new Error("There is no inbox");
  return [ctx, inbox.id];
}

beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(async () => {
  [ctx, listId] = await newInbox();
});

const stored = async (id: string) => (await table.items()).find((item) => item.id === id);

describe("get", () => {
  it("reads a todo that was stored before it had some members with their defaults", async () => {
    const todo = await todos.create(ctx, listId, { title: "Old", notes: "Keep", priority: "high", tags: ["a"] });
    const Key = { pk: `LIST#${listId}#0`, sk: `TODO#${todo.id}` };
    await documents().send(
      new UpdateCommand({ TableName: table.name, Key, UpdateExpression: "REMOVE notes, priority, tags" }),
    );
    expect(await todos.get(ctx, listId, todo.id)).toEqual({ ...todo, notes: "", priority: "none", tags: [] });
  });
});

describe("create", () => {
  it("fills in defaults", async () => {
    const todo = await todos.create(ctx, listId, { title: "Buy milk" });
    expect(todo).toMatchObject({
      listId,
      title: "Buy milk",
      notes: "",
      completed: false,
      completedAt: null,
      dueDate: null,
      priority: "none",
      tags: [],
      order: ctx.clock.now().getTime(),
      createdAt: "2026-11-21T10:00:00.000Z",
      version: 1,
    });
    expect(await todos.get(ctx, listId, todo.id)).toEqual(todo);
  });

  it("sets completedAt of a todo created as completed and does not index its due date", async () => {
    const todo = await todos.create(ctx, listId, { title: "Done", completed: true });
    expect(todo.completedAt).toBe("2026-11-21T10:00:00.000Z");
    expect(await stored(todo.id)).not.toHaveProperty("gsi1pk");
  });

  it("stores the keys that keys.ts documents", async () => {
    const todo = await todos.create(ctx, listId, { title: "Call", dueDate: "2026-12-01" });
    expect(await stored(todo.id)).toMatchObject({
      pk: `LIST#${listId}#0`,
      sk: `TODO#${todo.id}`,
      entity: "todo",
      schemaVersion: 1,
      rank: todo.order,
      gsi1pk: `USER#${ctx.actor.userId}#DUE`,
      gsi1sk: `2026-12-01#${todo.id}`,
    });
  });

  it("returns list-not-found for another user's list and for a missing list", async () => {
    const [other] = await newInbox();
    await expect(todos.create(other, listId, { title: "Mine?" })).rejects.toThrow(problem("list-not-found"));
    await expect(todos.create(ctx, newListId(ctx.clock), { title: "Where?" })).rejects.toThrow(
      problem("list-not-found"),
    );
  });
});

describe("list", () => {
  it("returns the todos in order", async () => {
    await todos.create(ctx, listId, { title: "c", order: 3 });
    await todos.create(ctx, listId, { title: "a", order: -1.5 });
    await todos.create(ctx, listId, { title: "b", order: 0 });
    await todos.create(ctx, listId, { title: "last" });
    const { items, next } = await todos.list(ctx, listId, { limit: 100 });
    expect(items.map(({ title }) => title)).toEqual(["a", "b", "c", "last"]);
    expect(next).toBeUndefined();
  });

  it("returns each todo once over all pages, also for equal orders, and no empty last page", async () => {
    const titles = ["1", "2", "3", "4", "5", "6"];
    for (const title of titles) await todos.create(ctx, listId, { title, order: 7 });
    const seen: string[] = [];
    const sizes: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await todos.list(ctx, listId, { limit: 2, cursor });
      seen.push(...page.items.map(({ title }) => title));
      sizes.push(page.items.length);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen.toSorted()).toEqual(titles);
    expect(sizes).toEqual([2, 2, 2]);
  });

  it("rejects a cursor of another list", async () => {
    for (const title of ["a", "b"]) await todos.create(ctx, listId, { title });
    const { next: cursor } = await todos.list(ctx, listId, { limit: 1 });
    const [other, otherList] = await newInbox();
    await expect(todos.list(other, otherList, { limit: 1, cursor })).rejects.toThrow(problem("validation-failed"));
  });

  it("continues pages that DynamoDB ends after 1 MB", async () => {
    const notes = "ü".repeat(10_000);
    const count = 70;
    for (let order = 0; order < count; order += 1) {
      await todos.create(ctx, listId, { title: "Long", notes, order });
    }
    const orders: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await todos.list(ctx, listId, { limit: 100, cursor });
      orders.push(...page.items.map(({ order }) => order));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(orders).toEqual(Array.from({ length: count }, (_, order) => order));
  });
});

describe("update", () => {
  it("changes the given fields and keeps the rest", async () => {
    const todo = await todos.create(ctx, listId, { title: "Old", notes: "Keep", tags: ["a", "b"] });
    const changed = await todos.update(
      { ...ctx, clock: later },
      { listId, todoId: todo.id },
      { title: "New", tags: ["c"] },
    );
    expect(changed).toEqual({
      ...todo,
      title: "New",
      tags: ["c"],
      version: 2,
      updatedAt: "2026-11-21T11:00:00.000Z",
    });
  });

  it("moves a todo to a new order", async () => {
    const a = await todos.create(ctx, listId, { title: "a", order: 1 });
    await todos.create(ctx, listId, { title: "b", order: 2 });
    await todos.update({ ...ctx, clock: later }, { listId, todoId: a.id }, { order: 3 });
    const { items } = await todos.list(ctx, listId, { limit: 100 });
    expect(items.map(({ title }) => title)).toEqual(["b", "a"]);
  });

  it("keeps completedAt when completed again, and clears it when reopened", async () => {
    const { id: todoId } = await todos.create(ctx, listId, { title: "Do" });
    const done = await todos.update(ctx, { listId, todoId }, { completed: true });
    expect(done.completedAt).toBe("2026-11-21T10:00:00.000Z");
    const again = await todos.update({ ...ctx, clock: later }, { listId, todoId }, { completed: true });
    expect(again.completedAt).toBe("2026-11-21T10:00:00.000Z");
    const open = await todos.update({ ...ctx, clock: later }, { listId, todoId }, { completed: false });
    expect(open).toMatchObject({ completed: false, completedAt: null });
  });

  it("indexes the due date of open todos only, in any order of changes", async () => {
    const { id: todoId } = await todos.create(ctx, listId, { title: "Do", completed: true });
    const indexed = async () => {
      const item = await stored(todoId);
      return item?.gsi1pk !== undefined && item.gsi1sk !== undefined;
    };
    expect(await indexed()).toBe(false);
    await todos.update(ctx, { listId, todoId }, { dueDate: "2026-12-01" });
    expect(await indexed()).toBe(false);
    await todos.update(ctx, { listId, todoId }, { completed: false });
    expect(await indexed()).toBe(true);
    await todos.update(ctx, { listId, todoId }, { dueDate: null });
    expect(await indexed()).toBe(false);
  });

  it("returns version-conflict when the expected version is older", async () => {
    const { id: todoId } = await todos.create(ctx, listId, { title: "1" });
    await todos.update({ ...ctx, expected: [1] }, { listId, todoId }, { title: "2" });
    const late = todos.update({ ...ctx, expected: [1] }, { listId, todoId }, { title: "3" });
    await expect(late).rejects.toThrow(problem("version-conflict"));
    expect((await todos.get(ctx, listId, todoId)).title).toBe("2");
  });

  it("accepts one of several concurrent updates that expect the same version", async () => {
    const { id: todoId } = await todos.create(ctx, listId, { title: "0" });
    const attempts = Array.from({ length: 8 }, (_, index) =>
      todos.update({ ...ctx, expected: [1] }, { listId, todoId }, { title: `${index}` }),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("keeps version and updatedAt when the change is empty", async () => {
    const todo = await todos.create(ctx, listId, { title: "Same" });
    expect(await todos.update({ ...ctx, clock: later, expected: [1] }, { listId, todoId: todo.id }, {})).toEqual(todo);
    await expect(
      todos.update({ ...ctx, clock: later, expected: [7] }, { listId, todoId: todo.id }, {}),
    ).rejects.toThrow(problem("version-conflict"));
  });

  it("returns not-found problems for a missing todo and for todos of another user's list", async () => {
    const { id: todoId } = await todos.create(ctx, listId, { title: "Mine" });
    const missing = todos.update({ ...ctx, expected: [1] }, { listId, todoId: newTodoId(ctx.clock) }, { title: "x" });
    await expect(missing).rejects.toThrow(problem("todo-not-found"));
    const [other, otherList] = await newInbox();
    await expect(todos.update(other, { listId, todoId }, { title: "x" })).rejects.toThrow(problem("list-not-found"));
    const across = todos.update(other, { listId: otherList, todoId }, { title: "x" });
    await expect(across).rejects.toThrow(problem("todo-not-found"));
  });
});

describe("remove", () => {
  it("deletes a todo and returns todo-not-found the second time", async () => {
    const { id: todoId } = await todos.create(ctx, listId, { title: "Gone" });
    await todos.remove(ctx, { listId, todoId });
    await expect(todos.get(ctx, listId, todoId)).rejects.toThrow(problem("todo-not-found"));
    await expect(todos.remove(ctx, { listId, todoId })).rejects.toThrow(problem("todo-not-found"));
  });

  it("deletes a todo only if it has an expected version", async () => {
    const { id: todoId } = await todos.create(ctx, listId, { title: "Stays" });
    await expect(todos.remove({ ...ctx, expected: [2] }, { listId, todoId })).rejects.toThrow(
      problem("version-conflict"),
    );
    await todos.remove({ ...ctx, expected: [1, 2] }, { listId, todoId });
  });
});
