import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../actor.ts";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { type ListId, newListId, newTodoId, userIdOf } from "../ids.ts";
import * as lists from "../list/list.service.ts";
import { problem } from "../test-problem.ts";
import * as users from "../user/user.service.ts";
import * as todos from "./todo.service.ts";

const clock = { now: () => new Date("2026-11-21T10:00:00.000Z") };
const later = { now: () => new Date("2026-11-21T11:00:00.000Z") };
const noEmail = () => Promise.reject(new Error("No email is needed"));

let table: TestTable;
let actor: Actor;
let listId: ListId;

async function newActor(): Promise<[Actor, ListId]> {
  const actor = { userId: userIdOf(randomUUID()) };
  await users.ensure(actor, "ada@example.com", clock);
  const { items } = await lists.list(actor, { limit: 1 }, noEmail, clock);
  const [inbox] = items;
  if (!inbox) throw new Error("There is no inbox");
  return [actor, inbox.id];
}

beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(async () => {
  [actor, listId] = await newActor();
});

const stored = async (id: string) => (await table.items()).find((item) => item.id === id);

describe("create", () => {
  it("fills in defaults", async () => {
    const todo = await todos.create(actor, listId, { title: "Buy milk" }, clock);
    expect(todo).toMatchObject({
      listId,
      title: "Buy milk",
      notes: "",
      completed: false,
      completedAt: null,
      dueDate: null,
      priority: "none",
      tags: [],
      order: clock.now().getTime(),
      createdAt: "2026-11-21T10:00:00.000Z",
      version: 1,
    });
    expect(await todos.get(actor, listId, todo.id)).toEqual(todo);
  });

  it("sets completedAt of a todo created as completed and does not index its due date", async () => {
    const todo = await todos.create(actor, listId, { title: "Done", completed: true }, clock);
    expect(todo.completedAt).toBe("2026-11-21T10:00:00.000Z");
    expect(await stored(todo.id)).not.toHaveProperty("gsi1pk");
  });

  it("stores the keys that keys.ts documents", async () => {
    const todo = await todos.create(actor, listId, { title: "Call", dueDate: "2026-12-01" }, clock);
    expect(await stored(todo.id)).toMatchObject({
      pk: `LIST#${listId}#0`,
      sk: `TODO#${todo.id}`,
      entity: "todo",
      schemaVersion: 1,
      rank: todo.order,
      gsi1pk: `USER#${actor.userId}#DUE`,
      gsi1sk: `2026-12-01#${todo.id}`,
    });
  });

  it("returns list-not-found for another user's list and for a missing list", async () => {
    const [other] = await newActor();
    await expect(todos.create(other, listId, { title: "Mine?" }, clock)).rejects.toThrow(problem("list-not-found"));
    await expect(todos.create(actor, newListId(clock), { title: "Where?" }, clock)).rejects.toThrow(
      problem("list-not-found"),
    );
  });
});

describe("list", () => {
  it("returns the todos in order", async () => {
    await todos.create(actor, listId, { title: "c", order: 3 }, clock);
    await todos.create(actor, listId, { title: "a", order: -1.5 }, clock);
    await todos.create(actor, listId, { title: "b", order: 0 }, clock);
    await todos.create(actor, listId, { title: "last" }, clock);
    const { items, next } = await todos.list(actor, listId, { limit: 100 });
    expect(items.map(({ title }) => title)).toEqual(["a", "b", "c", "last"]);
    expect(next).toBeUndefined();
  });

  it("returns each todo once over all pages, also for equal orders, and no empty last page", async () => {
    const titles = ["1", "2", "3", "4", "5", "6"];
    for (const title of titles) await todos.create(actor, listId, { title, order: 7 }, clock);
    const seen: string[] = [];
    const sizes: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await todos.list(actor, listId, { limit: 2, cursor });
      seen.push(...page.items.map(({ title }) => title));
      sizes.push(page.items.length);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen.toSorted()).toEqual(titles);
    expect(sizes).toEqual([2, 2, 2]);
  });

  it("rejects a cursor of another list", async () => {
    for (const title of ["a", "b"]) await todos.create(actor, listId, { title }, clock);
    const { next: cursor } = await todos.list(actor, listId, { limit: 1 });
    const [other, otherList] = await newActor();
    await expect(todos.list(other, otherList, { limit: 1, cursor })).rejects.toThrow(problem("validation-failed"));
  });

  it("continues pages that DynamoDB ends after 1 MB", async () => {
    const notes = "ü".repeat(10_000);
    const count = 70;
    for (let order = 0; order < count; order += 1) {
      await todos.create(actor, listId, { title: "Long", notes, order }, clock);
    }
    const orders: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await todos.list(actor, listId, { limit: 100, cursor });
      orders.push(...page.items.map(({ order }) => order));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(orders).toEqual(Array.from({ length: count }, (_, order) => order));
  });
});

describe("update", () => {
  it("changes the given fields and keeps the rest", async () => {
    const todo = await todos.create(actor, listId, { title: "Old", notes: "Keep", tags: ["a", "b"] }, clock);
    const changed = await todos.update(actor, { listId, todoId: todo.id }, { title: "New", tags: ["c"] }, later);
    expect(changed).toEqual({
      ...todo,
      title: "New",
      tags: ["c"],
      version: 2,
      updatedAt: "2026-11-21T11:00:00.000Z",
    });
  });

  it("moves a todo to a new order", async () => {
    const a = await todos.create(actor, listId, { title: "a", order: 1 }, clock);
    await todos.create(actor, listId, { title: "b", order: 2 }, clock);
    await todos.update(actor, { listId, todoId: a.id }, { order: 3 }, later);
    const { items } = await todos.list(actor, listId, { limit: 100 });
    expect(items.map(({ title }) => title)).toEqual(["b", "a"]);
  });

  it("keeps completedAt when completed again, and clears it when reopened", async () => {
    const { id: todoId } = await todos.create(actor, listId, { title: "Do" }, clock);
    const done = await todos.update(actor, { listId, todoId }, { completed: true }, clock);
    expect(done.completedAt).toBe("2026-11-21T10:00:00.000Z");
    const again = await todos.update(actor, { listId, todoId }, { completed: true }, later);
    expect(again.completedAt).toBe("2026-11-21T10:00:00.000Z");
    const open = await todos.update(actor, { listId, todoId }, { completed: false }, later);
    expect(open).toMatchObject({ completed: false, completedAt: null });
  });

  it("indexes the due date of open todos only, in any order of changes", async () => {
    const { id: todoId } = await todos.create(actor, listId, { title: "Do", completed: true }, clock);
    const indexed = async () => {
      const item = await stored(todoId);
      return item?.gsi1pk !== undefined && item.gsi1sk !== undefined;
    };
    expect(await indexed()).toBe(false);
    await todos.update(actor, { listId, todoId }, { dueDate: "2026-12-01" }, clock);
    expect(await indexed()).toBe(false);
    await todos.update(actor, { listId, todoId }, { completed: false }, clock);
    expect(await indexed()).toBe(true);
    await todos.update(actor, { listId, todoId }, { dueDate: null }, clock);
    expect(await indexed()).toBe(false);
  });

  it("returns version-conflict when the expected version is older", async () => {
    const { id: todoId } = await todos.create(actor, listId, { title: "1" }, clock);
    await todos.update(actor, { listId, todoId }, { title: "2" }, clock, [1]);
    const late = todos.update(actor, { listId, todoId }, { title: "3" }, clock, [1]);
    await expect(late).rejects.toThrow(problem("version-conflict"));
    expect((await todos.get(actor, listId, todoId)).title).toBe("2");
  });

  it("accepts one of several concurrent updates that expect the same version", async () => {
    const { id: todoId } = await todos.create(actor, listId, { title: "0" }, clock);
    const attempts = Array.from({ length: 8 }, (_, index) =>
      todos.update(actor, { listId, todoId }, { title: `${index}` }, clock, [1]),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("keeps version and updatedAt when the change is empty", async () => {
    const todo = await todos.create(actor, listId, { title: "Same" }, clock);
    expect(await todos.update(actor, { listId, todoId: todo.id }, {}, later, [1])).toEqual(todo);
    await expect(todos.update(actor, { listId, todoId: todo.id }, {}, later, [7])).rejects.toThrow(
      problem("version-conflict"),
    );
  });

  it("returns not-found problems for a missing todo and for todos of another user's list", async () => {
    const { id: todoId } = await todos.create(actor, listId, { title: "Mine" }, clock);
    const missing = todos.update(actor, { listId, todoId: newTodoId(clock) }, { title: "x" }, clock, [1]);
    await expect(missing).rejects.toThrow(problem("todo-not-found"));
    const [other, otherList] = await newActor();
    await expect(todos.update(other, { listId, todoId }, { title: "x" }, clock)).rejects.toThrow(
      problem("list-not-found"),
    );
    const across = todos.update(other, { listId: otherList, todoId }, { title: "x" }, clock);
    await expect(across).rejects.toThrow(problem("todo-not-found"));
  });
});

describe("remove", () => {
  it("deletes a todo and returns todo-not-found the second time", async () => {
    const { id: todoId } = await todos.create(actor, listId, { title: "Gone" }, clock);
    await todos.remove(actor, { listId, todoId });
    await expect(todos.get(actor, listId, todoId)).rejects.toThrow(problem("todo-not-found"));
    await expect(todos.remove(actor, { listId, todoId })).rejects.toThrow(problem("todo-not-found"));
  });

  it("deletes a todo only if it has an expected version", async () => {
    const { id: todoId } = await todos.create(actor, listId, { title: "Stays" }, clock);
    await expect(todos.remove(actor, { listId, todoId }, [2])).rejects.toThrow(problem("version-conflict"));
    await todos.remove(actor, { listId, todoId }, [1, 2]);
  });
});
