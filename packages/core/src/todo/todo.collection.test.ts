import { randomUUID } from "node:crypto";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "../actor.ts";
import { inParallel } from "../db/parallel.ts";
import { connect, documents } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { type ListId, newTodoId, userIdOf } from "../ids.ts";
import * as lists from "../list/list.service.ts";
import { problem } from "../test-problem.ts";
import * as users from "../user/user.service.ts";
import * as collection from "./todo.collection.ts";
import * as todos from "./todo.service.ts";

const clockAt = (time: string) => ({ now: () => new Date(`2026-11-21T${time}.000Z`) });
const early = clockAt("10:00:00");
const asked = clockAt("11:00:00");
const later = clockAt("11:10:00");
const noEmail = () => Promise.reject(new Error("No email is needed"));
const always = () => true;
const never = () => false;

// A request updates each todo with its own write. tests/local/clean-up.test.ts uses the real limit.
const limit = vi.hoisted(() => 40);
vi.mock("./todo.limits.ts", async (load) => ({ ...(await load<object>()), sweepLimit: limit }));

/** More todos than one request looks through. */
const many = 44;

let table: TestTable;
let actor: Actor;
let listId: ListId;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(async () => {
  actor = { userId: userIdOf(randomUUID()) };
  await users.ensure(actor, "ada@example.com", early);
  ({ id: listId } = await lists.create(actor, { name: "Long" }, noEmail, early));
});

/** Adds todos to the current epoch of the list with batch writes, as `create` would store them. */
async function fill(count: number, completed = false): Promise<void> {
  const { id } = await todos.create(actor, listId, { title: "Do", order: 0, completed }, early);
  const [model] = (await stored("todo")).filter((item) => item.id === id);
  const items = Array.from({ length: count - 1 }, (_, index) => {
    const copy = newTodoId(early);
    return { ...model, id: copy, sk: `TODO#${copy}`, rank: index + 1 };
  });
  const batches = Array.from({ length: Math.ceil(items.length / 25) }, (_, at) => items.slice(at * 25, at * 25 + 25));
  await inParallel(batches, 2, (batch) =>
    documents().send(
      new BatchWriteCommand({ RequestItems: { [table.name]: batch.map((Item) => ({ PutRequest: { Item } })) } }),
    ),
  );
}

/** Returns the stored items of one entity of the list. */
const stored = async (entity: string) =>
  (await table.items()).filter((item) => item.entity === entity && String(item.pk).startsWith(`LIST#${listId}`));
const openTodos = async () => (await stored("todo")).filter(({ completed }) => completed === false);

/** Returns the stored sweep of the list. */
async function sweep() {
  const [item] = await stored("sweep");
  if (!item) throw new Error("The list has no sweep");
  return { listId, sweepId: String(item.id) };
}

describe("complete", () => {
  it("finishes a short list within the request and stores no sweep", async () => {
    await fill(30);
    expect(await collection.complete(actor, listId, true, asked)).toEqual({ unfinished: false });
    expect(await openTodos()).toEqual([]);
    expect(await stored("sweep")).toEqual([]);
  });

  it("removes completed todos from the due-date index and adds reopened ones", async () => {
    const { id } = await todos.create(actor, listId, { title: "Call", dueDate: "2026-12-01" }, early);
    await collection.complete(actor, listId, true, asked);
    expect((await stored("todo"))[0]).not.toHaveProperty("gsi1pk");
    await collection.complete(actor, listId, false, later);
    expect((await stored("todo"))[0]).toMatchObject({ id, gsi1pk: `USER#${actor.userId}#DUE` });
  });

  it("leaves the rest of a long list to the consumer and ignores a redelivery", async () => {
    await fill(many);
    expect(await collection.complete(actor, listId, true, asked)).toEqual({ unfinished: true });
    expect((await openTodos()).length).toBe(many - limit);
    const told = await sweep();
    expect(await collection.carryOut(told, always)).toEqual({ state: "finished" });
    expect(await openTodos()).toEqual([]);
    const versions = (await stored("todo")).map(({ version }) => version);
    expect(new Set(versions)).toEqual(new Set([2]));
    expect(await stored("sweep")).toEqual([]);
    expect(await collection.carryOut(told, always)).toEqual({ state: "superseded" });
  });

  it("continues after the last todo of a run that was out of time", async () => {
    await fill(many);
    await collection.complete(actor, listId, true, asked);
    const told = await sweep();
    const progress = await collection.carryOut(told, never);
    expect(progress).toEqual({ state: "unfinished", after: expect.stringMatching(/^tod_/) });
    if (progress.state !== "unfinished") return;
    expect(await collection.carryOut({ ...told, after: progress.after }, never)).toEqual({ state: "finished" });
    expect(await openTodos()).toEqual([]);
  });

  it("skips todos that were updated or created after the request when it runs in the background", async () => {
    await fill(many);
    await collection.complete(actor, listId, true, asked);
    const { items } = await todos.list(actor, listId, { limit: 100 });
    const done = items.find(({ completed }) => completed);
    if (!done) throw new Error("Nothing is done");
    await todos.update(actor, { listId, todoId: done.id }, { completed: false }, later);
    const added = await todos.create(actor, listId, { title: "Later" }, later);
    await collection.carryOut(await sweep(), always);
    expect((await openTodos()).map(({ id }) => id).toSorted()).toEqual([done.id, added.id].toSorted());
  });

  it("supersedes an unfinished sweep of the same change and returns list-busy for another change", async () => {
    await fill(many);
    await collection.complete(actor, listId, true, asked);
    const first = await sweep();
    await expect(collection.complete(actor, listId, false, later)).rejects.toThrow(problem("list-busy"));
    await expect(collection.removeCompleted(actor, listId, later)).rejects.toThrow(problem("list-busy"));
    await collection.complete(actor, listId, true, later);
    const second = await sweep();
    expect(await collection.carryOut(first, always)).toEqual({ state: "superseded" });
    expect(await collection.carryOut(second, always)).toEqual({ state: "finished" });
    expect(await collection.complete(actor, listId, false, later)).toEqual({ unfinished: true });
  });

  it("ignores an unfinished sweep of an earlier epoch", async () => {
    await fill(many);
    await collection.complete(actor, listId, true, asked);
    await lists.empty(actor, listId);
    await fill(1);
    expect(await collection.complete(actor, listId, false, later)).toEqual({ unfinished: false });
  });

  it("replaces an unfinished sweep that has expired", async () => {
    await fill(many);
    await collection.complete(actor, listId, true, asked);
    expect(await collection.complete(actor, listId, false, clockAt("13:00:00"))).toEqual({ unfinished: true });
  });

  it("accepts one of two concurrent requests that contradict each other on a long list", async () => {
    await fill(many / 2);
    await fill(many / 2, true);
    const results = await Promise.allSettled([
      collection.complete(actor, listId, true, asked),
      collection.complete(actor, listId, false, asked),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: problem("list-busy") });
  });

  it("returns list-not-found for another user's list", async () => {
    const other: Actor = { userId: userIdOf(randomUUID()) };
    await expect(collection.complete(other, listId, true, asked)).rejects.toThrow(problem("list-not-found"));
    await expect(collection.removeCompleted(other, listId, asked)).rejects.toThrow(problem("list-not-found"));
  });
});

describe("removeCompleted", () => {
  it("deletes the completed todos of a long list and keeps those updated after the request", async () => {
    await fill(many, true);
    const open = await todos.create(actor, listId, { title: "open" }, clockAt("10:30:00"));
    expect(await collection.removeCompleted(actor, listId, asked)).toEqual({ unfinished: true });
    expect((await stored("todo")).length).toBe(many + 1 - limit);
    const { items } = await todos.list(actor, listId, { limit: 1 });
    const rescued = items.find(({ completed }) => completed);
    if (!rescued) throw new Error("Nothing is left");
    await todos.update(actor, { listId, todoId: rescued.id }, { title: "Still needed" }, later);
    await collection.carryOut(await sweep(), always);
    expect((await stored("todo")).map(({ id }) => id).toSorted()).toEqual([open.id, rescued.id].toSorted());
  });
});

describe("removeHidden", () => {
  it("deletes the todos of an earlier epoch page by page and keeps the current ones", async () => {
    await fill(1010);
    await lists.empty(actor, listId);
    await fill(2);
    expect(await collection.removeHidden(listId, 0, never)).toBe(false);
    expect((await stored("todo")).length).toBe(12);
    expect(await collection.removeHidden(listId, 0, never)).toBe(true);
    expect((await stored("todo")).map(({ pk }) => pk)).toEqual([`LIST#${listId}#1`, `LIST#${listId}#1`]);
    expect(await collection.removeHidden(listId, 0, never)).toBe(true);
  });
});
