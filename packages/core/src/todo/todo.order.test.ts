import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import type { ListId, TodoId } from "../ids.ts";
import { newUser } from "../lifecycle/test-user.ts";
import * as lists from "../list/list.service.ts";
import type { TestContext } from "../test-context.ts";
import { leastGap, spread } from "./todo.order.ts";
import * as todos from "./todo.service.ts";

const time = Date.parse("2026-11-21T10:00:00.000Z");

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
  const { items } = await lists.list(ctx, { limit: 1 });
  listId = items[0]?.id ?? expect.fail("There is no inbox");
});

const add = (title: string, order?: number) => todos.create(ctx, listId, { title, order });

async function inOrder() {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await todos.list(ctx, listId, { limit: 100, cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}

/** Returns the middle of the current orders of two todos, as a client does to put a todo between them. */
async function between(before: TodoId, after: TodoId): Promise<number> {
  const [low, high] = await Promise.all([before, after].map((id) => todos.get(ctx, listId, id)));
  const middle = ((low?.order ?? Number.NaN) + (high?.order ?? Number.NaN)) / 2;
  expect(middle).toBeGreaterThan(low?.order ?? Number.NaN);
  expect(middle).toBeLessThan(high?.order ?? Number.NaN);
  return middle;
}

// 110 todos are moved apart at least twice, and are more than the 100 that one request reads around a position.
describe("repeated placement between the same two todos", { timeout: 30_000 }, () => {
  it.each([
    ["towards the first", 110, 0, 1],
    ["towards the last", 110, time, time + 1],
    ["towards the first", 60, -1.5, -1.25],
    ["towards the last", 60, 2 ** 52, 2 ** 52 + 64],
  ])("always finds an order in between: %s, %i times, from %d to %d", async (direction, times, low, high) => {
    const first = await add("first", low);
    const last = await add("last", high);
    const titles: string[] = [];
    let newest: TodoId | undefined;
    for (let i = 0; i < times; i += 1) {
      const [before, after] =
        direction === "towards the first" ? [first.id, newest ?? last.id] : [newest ?? first.id, last.id];
      const order = await between(before, after);
      const todo = await add(`${i}`, order);
      expect(todo.order, "kept as given").toBe(order);
      newest = todo.id;
      titles.push(`${i}`);
    }
    const middle = direction === "towards the first" ? titles.toReversed() : titles;
    expect((await inOrder()).map(({ title }) => title)).toEqual(["first", ...middle, "last"]);
  });

  it("moves a todo between two others 60 times", async () => {
    const [a, b, c] = [await add("a", 0), await add("b", 1), await add("c", 2)];
    let ids = [a.id, b.id, c.id] as const;
    for (let i = 0; i < 60; i += 1) {
      const [first, second, third] = ids;
      await todos.update(ctx, { listId, todoId: first }, { order: await between(second, third) });
      ids = [second, first, third];
      expect((await inOrder()).map(({ id }) => id)).toEqual(ids);
    }
  });

  it("gives todos created with the same order different orders", async () => {
    for (const title of ["a", "b", "c"]) await add(title, 7);
    const orders = (await inOrder()).map(({ order }) => order);
    expect(new Set(orders).size).toBe(3);
  });
});

describe("moving neighbors apart", () => {
  it("changes the order, the version and updatedAt of the neighbor only", async () => {
    const before = await add("a", 1);
    await add("b", 1);
    const after = await todos.get(ctx, listId, before.id);
    expect(after).toEqual({ ...before, order: expect.any(Number), version: 2, updatedAt: expect.any(String) });
    expect(after.order).not.toBe(1);
  });

  it("does not move a neighbor that is far enough away", async () => {
    const near = await add("a", 1);
    await add("b", 1 + 1e-9);
    expect(await todos.get(ctx, listId, near.id)).toEqual(near);
  });

  it("does not fail when 12 todos are created at the same order at once", async () => {
    await Promise.all(Array.from({ length: 12 }, (_, i) => add(`${i}`, 5)));
    expect(await inOrder()).toHaveLength(12);
  });
});

describe("spread", () => {
  it("moves as few todos as possible", () => {
    expect(spread(0, "after", [0, 5000, 5001], true)).toEqual([2500]);
    expect(spread(0, "before", [0, 10, 5000], true)).toEqual([-5000 / 3, -10_000 / 3]);
  });

  it("places todos beyond the end of the list", () => {
    expect(spread(10, "after", [0, 0], true)).toEqual([1010, 2010]);
  });

  it("stays within the bounds of an order and returns nothing when there is no room", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(spread(most, "after", [0], true)).toEqual([]);
    expect(Math.max(...spread(most - 1000, "after", [0, 0, 0], true))).toBeLessThan(most);
    expect(spread(0, "after", Array(50).fill(0), false)).toEqual([]);
  });

  it("leaves gaps that can be halved again", () => {
    for (const from of [0, 1, -3.75, time, 2 ** 52]) {
      const [first = 0, second = 0] = spread(from, "after", [0, 0], true);
      expect(Math.min(first - from, second - first)).toBeGreaterThan(leastGap(from));
    }
  });
});
