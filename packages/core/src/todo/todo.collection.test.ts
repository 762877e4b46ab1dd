import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { inParallel } from "../db/parallel.ts";
import { connect, documents } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { type ListId, newTodoId } from "../ids.ts";
import { newUser } from "../lifecycle/test-user.ts";
import * as lists from "../list/list.service.ts";
import { newContext, type TestContext } from "../test-context.ts";
import { problem } from "../test-problem.ts";
import * as collection from "./todo.collection.ts";
import * as todos from "./todo.service.ts";

const clockAt = (time: string) => ({ now: () => new Date(`2026-11-21T${time}.000Z`) });
const early = clockAt("10:00:00");
const asked = clockAt("11:00:00");
const later = clockAt("11:10:00");
const always = () => true;
const never = () => false;

// A request updates each todo with its own write. tests/local/clean-up.test.ts uses the real limit.
const limit = vi.hoisted(() => 40);
vi.mock("./todo.limits.ts", async (load) => ({ ...(await load<object>()), sweepLimit: limit }));

/** More todos than one request looks through. */
const many = 44;

let table: TestTable;
let ctx: TestContext;
let listId: ListId;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(async () => {
  ctx = await newUser({ clock: early });
  ({ id: listId } = await lists.create(ctx, { name: "Long" }));
});

/** Adds todos to the current epoch of the list with batch writes, as `create` would store them. */
async function fill(count: number, completed = false): Promise<void> {
  const { id } = await todos.create(ctx, listId, { title: "Do", order: 0, completed });
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
    expect(await collection.complete({ ...ctx, clock: asked }, listId, true)).toEqual({ unfinished: false });
    expect(await openTodos()).toEqual([]);
    expect(await stored("sweep")).toEqual([]);
  });

  it("removes completed todos from the due-date index and adds reopened ones", async () => {
    const { id } = await todos.create(ctx, listId, { title: "Call", dueDate: "2026-12-01" });
    await collection.complete({ ...ctx, clock: asked }, listId, true);
    expect((await stored("todo"))[0]).not.toHaveProperty("gsi1pk");
    await collection.complete({ ...ctx, clock: later }, listId, false);
    expect((await stored("todo"))[0]).toMatchObject({ id, gsi1pk: `USER#${ctx.actor.userId}#DUE` });
  });

  it("leaves the rest of a long list to the consumer and ignores a redelivery", async () => {
    await fill(many);
    expect(await collection.complete({ ...ctx, clock: asked }, listId, true)).toEqual({ unfinished: true });
    expect((await openTodos()).length).toBe(many - limit);
    const told = await sweep();
    expect(await collection.carryOut(told, always)).toEqual({ state: "finished" });
    expect(await openTodos()).toEqual([]);
    const versions = (await stored("todo")).map(({ version }) => version);
    expect(new Set(versions)).toEqual(new Set([2]));
    expect(await stored("sweep")).toEqual([]);
    expect(await collection.carryOut(told, always)).toEqual({ state: "superseded" });
  });

  it("leaves the rest of a short list to the consumer when writes are slow", async () => {
    await fill(30);
    // Each reading of the clock is 500 ms after the previous one.
    let readings = 0;
    const slow = { now: () => new Date(asked.now().getTime() + 500 * readings++) };
    expect(await collection.complete({ ...ctx, clock: slow }, listId, true)).toEqual({ unfinished: true });
    const left = (await openTodos()).length;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(30);
    expect(await collection.carryOut(await sweep(), always)).toEqual({ state: "finished" });
    expect(await openTodos()).toEqual([]);
  });

  it("continues after the last todo of a run that was out of time", async () => {
    await fill(many);
    await collection.complete({ ...ctx, clock: asked }, listId, true);
    const told = await sweep();
    const progress = await collection.carryOut(told, never);
    expect(progress).toEqual({ state: "unfinished", after: expect.stringMatching(/^tod_/) });
    if (progress.state !== "unfinished") return;
    expect(await collection.carryOut({ ...told, after: progress.after }, never)).toEqual({ state: "finished" });
    expect(await openTodos()).toEqual([]);
  });

  it("skips todos that were updated or created after the request when it runs in the background", async () => {
    await fill(many);
    await collection.complete({ ...ctx, clock: asked }, listId, true);
    const { items } = await todos.list(ctx, listId, { limit: 100 });
    const done = items.find(({ completed }) => completed);
    if (!done) throw new Error("Nothing is done");
    await todos.update({ ...ctx, clock: later }, { listId, todoId: done.id }, { completed: false });
    const added = await todos.create({ ...ctx, clock: later }, listId, { title: "Later" });
    await collection.carryOut(await sweep(), always);
    expect((await openTodos()).map(({ id }) => id).toSorted()).toEqual([done.id, added.id].toSorted());
  });

  it("supersedes an unfinished sweep of the same change and returns list-busy for another change", async () => {
    await fill(many);
    await collection.complete({ ...ctx, clock: asked }, listId, true);
    const first = await sweep();
    await expect(collection.complete({ ...ctx, clock: later }, listId, false)).rejects.toThrow(problem("list-busy"));
    await expect(collection.removeCompleted({ ...ctx, clock: later }, listId)).rejects.toThrow(problem("list-busy"));
    await collection.complete({ ...ctx, clock: later }, listId, true);
    const second = await sweep();
    expect(await collection.carryOut(first, always)).toEqual({ state: "superseded" });
    expect(await collection.carryOut(second, always)).toEqual({ state: "finished" });
    expect(await collection.complete({ ...ctx, clock: later }, listId, false)).toEqual({ unfinished: true });
  });

  it("ignores an unfinished sweep of an earlier epoch", async () => {
    await fill(many);
    await collection.complete({ ...ctx, clock: asked }, listId, true);
    await lists.empty(ctx, listId);
    await fill(1);
    expect(await collection.complete({ ...ctx, clock: later }, listId, false)).toEqual({ unfinished: false });
  });

  it("replaces an unfinished sweep that has expired", async () => {
    await fill(many);
    await collection.complete({ ...ctx, clock: asked }, listId, true);
    expect(await collection.complete({ ...ctx, clock: clockAt("13:00:00") }, listId, false)).toEqual({
      unfinished: true,
    });
  });

  it("accepts one of two concurrent requests that contradict each other on a long list", async () => {
    await fill(many / 2);
    await fill(many / 2, true);
    const results = await Promise.allSettled([
      collection.complete({ ...ctx, clock: asked }, listId, true),
      collection.complete({ ...ctx, clock: asked }, listId, false),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: problem("list-busy") });
  });

  it("returns list-not-found for another user's list", async () => {
    const other = newContext();
    await expect(collection.complete(other, listId, true)).rejects.toThrow(problem("list-not-found"));
    await expect(collection.removeCompleted(other, listId)).rejects.toThrow(problem("list-not-found"));
  });
});

describe("removeCompleted", () => {
  it("deletes the completed todos of a long list and keeps those updated after the request", async () => {
    await fill(many, true);
    const open = await todos.create({ ...ctx, clock: clockAt("10:30:00") }, listId, { title: "open" });
    expect(await collection.removeCompleted({ ...ctx, clock: asked }, listId)).toEqual({ unfinished: true });
    expect((await stored("todo")).length).toBe(many + 1 - limit);
    const { items } = await todos.list(ctx, listId, { limit: 1 });
    const rescued = items.find(({ completed }) => completed);
    if (!rescued) throw new Error("Nothing is left");
    await todos.update({ ...ctx, clock: later }, { listId, todoId: rescued.id }, { title: "Still needed" });
    await collection.carryOut(await sweep(), always);
    expect((await stored("todo")).map(({ id }) => id).toSorted()).toEqual([open.id, rescued.id].toSorted());
  });
});

describe("removeHidden", () => {
  it("deletes the todos of an earlier epoch page by page and keeps the current ones", async () => {
    await fill(1010);
    await lists.empty(ctx, listId);
    await fill(2);
    expect(await collection.removeHidden(listId, 0, never)).toBe(false);
    expect((await stored("todo")).length).toBe(12);
    expect(await collection.removeHidden(listId, 0, never)).toBe(true);
    expect((await stored("todo")).map(({ pk }) => pk)).toEqual([`LIST#${listId}#1`, `LIST#${listId}#1`]);
    expect(await collection.removeHidden(listId, 0, never)).toBe(true);
  });
});
