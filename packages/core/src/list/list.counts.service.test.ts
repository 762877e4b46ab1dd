import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listKey } from "../db/keys.ts";
import { connect, documents } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import type { ListId } from "../ids.ts";
import { newUser } from "../lifecycle/test-user.ts";
import type { TestContext } from "../test-context.ts";
import { problem } from "../test-problem.ts";
import { recount } from "../todo/todo.recount.ts";
import * as todos from "../todo/todo.service.ts";
import { count } from "./list.counts.service.ts";
import type { CountChange } from "./list.counts.ts";
import * as lists from "./list.service.ts";

const neverAsks = () => Promise.reject(new Error("Nothing is in doubt"));

let table: TestTable;
let ctx: TestContext;
let listId: ListId;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(async () => {
  ctx = await newUser();
  ({ id: listId } = await lists.create(ctx, { name: "Groceries" }));
});

/** A position in the stream. Each has a timestamp that no other position shares. */
const at = (place: number) => ({ position: `2026-11-21T10:00:00.000#${String(place).padStart(40, "0")}`, at: place });
const opened = (place: number): CountChange => ({ ...at(place), type: "opened" });
const places = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => opened(from + i));
const shown = async () => (await lists.get(ctx, listId)).openTodos;

describe("count", () => {
  it("starts at 0 and is returned with the list without changing its version", async () => {
    const before = await lists.get(ctx, listId);
    expect(before.openTodos).toBe(0);
    expect(await count({ listId, epoch: 0 }, places(1, 3), neverAsks)).toBe("counted");
    expect(await lists.get(ctx, listId)).toEqual({ ...before, openTodos: 3 });
    const { items } = await lists.list(ctx, { limit: 10 });
    expect(items.find(({ id }) => id === listId)).toMatchObject({ openTodos: 3 });
    const renamed = await lists.update({ ...ctx, expected: [before.version] }, listId, { name: "Shopping" });
    expect(renamed).toMatchObject({ openTodos: 3, version: 2 });
    await expect(lists.update({ ...ctx, expected: [1] }, listId, { name: "Late" })).rejects.toThrow(
      problem("version-conflict"),
    );
  });

  it("counts redelivered changes once, even when batches run concurrently", async () => {
    const batches = [places(1, 4), places(1, 10), places(5, 10), places(3, 7), places(1, 10)];
    await Promise.all(batches.slice(0, 2).map((batch) => count({ listId, epoch: 0 }, batch, neverAsks)));
    for (const batch of batches) await count({ listId, epoch: 0 }, batch, neverAsks);
    expect(await shown()).toBe(10);
    expect(await count({ listId, epoch: 0 }, places(9, 10), neverAsks)).toBe("counted before");
  });

  it("resets to 0 when the list is emptied and ignores changes of the previous epoch", async () => {
    await count({ listId, epoch: 0 }, places(1, 3), neverAsks);
    await lists.empty(ctx, listId);
    expect(await shown()).toBe(0);
    expect(await count({ listId, epoch: 0 }, places(4, 9), neverAsks)).toBe("hidden");
    // Another epoch is another partition, so its positions may be lower.
    expect(await count({ listId, epoch: 1 }, places(1, 2), neverAsks)).toBe("counted");
    expect(await shown()).toBe(2);
  });

  it("writes nothing for a deleted list", async () => {
    await lists.remove(ctx, listId);
    expect(await count({ listId, epoch: 0 }, places(1, 3), neverAsks)).toBe("hidden");
    expect((await table.items()).filter(({ id }) => id === listId)).toEqual([]);
  });

  it("returns 0 for a negative count and requests a recount", async () => {
    const asked: string[] = [];
    const ask = async () => void asked.push("asked");
    await count({ listId, epoch: 0 }, [{ ...at(1), type: "closed" }], ask);
    expect({ asked, shown: await shown() }).toEqual({ asked: ["asked"], shown: 0 });
  });

  it("stores nothing when requesting a recount fails, so that a redelivery requests it again", async () => {
    const fail = () => Promise.reject(new Error("The queue is not there"));
    const changes: CountChange[] = [{ ...at(1), type: "closed" }];
    await expect(count({ listId, epoch: 0 }, changes, fail)).rejects.toThrow("The queue");
    const asked: string[] = [];
    await count({ listId, epoch: 0 }, changes, async () => void asked.push("asked"));
    expect(asked).toEqual(["asked"]);
  });
});

describe("recount", () => {
  const marks = async () => (await table.items()).filter((item) => item.entity === "recount" && item.listId === listId);

  it("writes the number of open todos to a mark that expires after 24 hours", async () => {
    for (const title of ["a", "b", "c"]) await todos.create(ctx, listId, { title });
    await todos.create(ctx, listId, { title: "done", completed: true });
    await recount(ctx, { listId, epoch: 0 });
    const expiresAt = ctx.clock.now().getTime() / 1000 + 24 * 60 * 60;
    expect(await marks()).toEqual([expect.objectContaining({ pk: `LIST#${listId}#0`, openTodos: 3, expiresAt })]);
  });

  it("sets the count of a list that was created before counts existed", async () => {
    await todos.create(ctx, listId, { title: "old" });
    await documents().send(
      new UpdateCommand({ TableName: table.name, Key: listKey(listId), UpdateExpression: "REMOVE openTodos" }),
    );
    expect(await shown()).toBe(0);
    const asked: string[] = [];
    await count({ listId, epoch: 0 }, [opened(1)], async () => void asked.push("asked"));
    await recount(ctx, { listId, epoch: 0 });
    const [mark] = await marks();
    const id = String(mark?.id);
    const changes: CountChange[] = [
      { ...at(2), type: "recount-began", id },
      { ...at(3), type: "recount-ended", id, openTodos: Number(mark?.openTodos) },
    ];
    await count({ listId, epoch: 0 }, changes, neverAsks);
    expect({ asked, shown: await shown() }).toEqual({ asked: ["asked"], shown: 1 });
  });

  it("writes no mark for an epoch that is no longer current", async () => {
    await lists.empty(ctx, listId);
    await recount(ctx, { listId, epoch: 0 });
    expect(await marks()).toEqual([]);
  });
});
