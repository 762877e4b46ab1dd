import { systemClock } from "@daybook/core/clock";
import { newTodoId } from "@daybook/core/ids";
import type { ResolvedGraph } from "@daybook/local/graph/graph";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { expectProblem, newTodo, newUser, send, succeed, type TestUser } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  // Removes the delay of the queue and shortens its retries. With so short a timeout, the function hands over the rest
  // of a job after each page.
  cloud = await runCloud((graph) => ({
    ...graph,
    functions: { ...graph.functions, CleanUpFunction: { ...functionOf(graph.functions.CleanUpFunction), timeout: 10 } },
    resources: {
      ...graph.resources,
      "aws:sqs:Queue": {
        ...graph.resources["aws:sqs:Queue"],
        CleanUpJobsQueue: {
          ...graph.resources["aws:sqs:Queue"]?.CleanUpJobsQueue,
          delaySeconds: 0,
          visibilityTimeoutSeconds: 10,
        },
      },
    },
  }));
});
afterEach(() => cloud.dynamo.faults.clear());
afterAll(() => cloud.remove());

function functionOf<Fn>(fn: Fn | undefined): Fn {
  if (!fn) throw new Error("The graph has no function of this name");
  return fn;
}

type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

/** Returns all items of the table that contain the text. */
async function remains(text: string): Promise<Item[]> {
  const found: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page: { Items?: Item[]; LastEvaluatedKey?: Item } = await cloud.dynamo.engine.call("Scan", {
      TableName: idOf(cloud.graph, "TableTable"),
      ConsistentRead: true,
      ...(ExclusiveStartKey && { ExclusiveStartKey }),
    });
    found.push(...(page.Items ?? []).filter((item) => JSON.stringify(item).includes(text)));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return found;
}

const idOf = (graph: ResolvedGraph, name: string) =>
  graph.all("aws:dynamodb:Table").find((table) => table.name === name)?.id;

const waiting = { timeout: 30_000, interval: 500 };

const untilGone = (text: string) => vi.waitUntil(async () => (await remains(text)).length === 0, waiting);

/** Creates a list with three todos, one of them completed. */
async function newList(user: TestUser) {
  const { body: list } = await succeed(cloud.env, "createList", { token: user.token, body: { name: "Groceries" } });
  const owner = { ...user, inbox: list };
  for (const title of ["a", "b"]) await newTodo(cloud.env, owner, { title });
  await newTodo(cloud.env, owner, { title: "done", completed: true });
  return { ...owner, request: { token: user.token, params: { listId: list.id } } };
}

/** Adds open todos to a list, directly in the table. */
async function fill(listId: string, count: number): Promise<void> {
  const [model] = (await remains(listId)).filter((item) => "gsi1pk" in item);
  const TableName = String(idOf(cloud.graph, "TableTable"));
  const items = Array.from({ length: count }, () => {
    const id = newTodoId(systemClock);
    return { PutRequest: { Item: { ...model, id: { S: id }, sk: { S: `TODO#${id}` } } } };
  });
  for (let at = 0; at < count; at += 25) {
    await cloud.dynamo.engine.call("BatchWriteItem", { RequestItems: { [TableName]: items.slice(at, at + 25) } });
  }
}

describe("a deleted list", () => {
  it("leaves nothing in the table, and does not affect other data", async () => {
    const user = await newUser(cloud.env);
    const kept = await newTodo(cloud.env, user);
    const { request } = await newList(user);
    await succeed(cloud.env, "deleteTodos", request);
    await succeed(cloud.env, "deleteList", request);
    await untilGone(request.params.listId);
    const inbox = { token: user.token, params: { listId: user.inbox.id } };
    expect((await succeed(cloud.env, "listTodos", inbox)).body).toContainEqual(kept);
    await cloud.streams.drained();
    const { body: lists } = await succeed(cloud.env, "listLists", { token: user.token });
    expect(lists).toEqual([{ ...user.inbox, openTodos: 1 }]);
  });

  it("is cleaned up by a retry when the first attempt fails half-way", async () => {
    const user = await newUser(cloud.env);
    const { request } = await newList(user);
    cloud.dynamo.faults.next({
      operation: "BatchWriteItem",
      times: 4,
      error: { status: 500, code: "InternalServerError" },
    });
    await succeed(cloud.env, "deleteList", request);
    await untilGone(request.params.listId);
  });
});

describe("an emptied list", () => {
  it("loses its former todos, and keeps those that were added later", async () => {
    const user = await newUser(cloud.env);
    const list = await newList(user);
    const { listId } = list.request.params;
    await succeed(cloud.env, "deleteTodos", list.request);
    const fresh = await newTodo(cloud.env, list, { title: "fresh" });
    await untilGone(`LIST#${listId}#0`);
    expect((await succeed(cloud.env, "listTodos", list.request)).body).toEqual([fresh]);
  });

  it("is not affected by redelivered or late events", async () => {
    const user = await newUser(cloud.env);
    const list = await newList(user);
    const { listId } = list.request.params;
    await succeed(cloud.env, "deleteTodos", list.request);
    await untilGone(`LIST#${listId}#0`);
    await newTodo(cloud.env, list, { title: "fresh" });
    await cloud.streams.drained();
    const before = await remains(listId);
    const body = JSON.stringify({ type: "list.emptied", listId, epoch: 0 });
    const event = { Records: ["1", "2"].map((messageId) => ({ messageId, body, attributes: {} })) };
    const results = await Promise.all([1, 2, 3].map(() => cloud.lambda.invoke("CleanUpFunction", event)));
    expect(results).toEqual(results.map(() => ({ ok: true, result: { batchItemFailures: [] } })));
    expect(await remains(listId)).toEqual(before);
  });
});

/** Whether an item is an open todo, or the checkpoint of a sweep that has not finished. */
const unfinished = (item: Item) => "gsi1pk" in item || item.sk?.S === "SWEEP";

describe("an update of all todos of a long list", () => {
  it("returns 202 and completes in the background", async () => {
    const user = await newUser(cloud.env);
    const list = await newList(user);
    const { listId } = list.request.params;
    await fill(listId, 520);
    const answer = await send(cloud.env, "updateTodos", { ...list.request, body: { completed: true } });
    expect([answer.status, answer.body]).toEqual([202, ""]);
    await vi.waitUntil(async () => !(await remains(listId)).some(unfinished), waiting);
    await cloud.streams.drained();
    expect((await succeed(cloud.env, "getList", list.request)).body.openTodos).toBe(0);
    const removal = await send(cloud.env, "deleteTodos", { ...list.request, query: { completed: "true" } });
    expect([removal.status, removal.body]).toEqual([202, ""]);
    const isTodo = (item: Item) => item.sk?.S?.startsWith("TODO#") || item.sk?.S === "SWEEP";
    await vi.waitUntil(async () => !(await remains(listId)).some(isTodo), waiting);
    await succeed(cloud.env, "deleteList", list.request);
    await untilGone(listId);
  });
});

describe("an update of all todos of a long list that fails half-way", () => {
  it("blocks another one with 409, and is completed in the background", async () => {
    const list = await newList(await newUser(cloud.env));
    const { listId } = list.request.params;
    await fill(listId, 520);
    const error = { status: 500, code: "InternalServerError" };
    cloud.dynamo.faults.next({ operation: "UpdateItem", times: 1_000, error });
    const update = (completed: boolean) => send(cloud.env, "updateTodos", { ...list.request, body: { completed } });
    expectProblem(await update(true), "temporarily-unavailable");
    expectProblem(await update(false), "list-busy");
    const removal = await send(cloud.env, "deleteTodos", { ...list.request, query: { completed: "true" } });
    expectProblem(removal, "list-busy");
    cloud.dynamo.faults.clear();
    await vi.waitUntil(async () => !(await remains(listId)).some(unfinished), waiting);
  });
});

describe("an invalid event", () => {
  it("is reported as failed without affecting the others", async () => {
    const good = JSON.stringify({ type: "list.emptied", listId: "lst_01KAJ00000000000000000000A", epoch: 0 });
    const bodies = ["{", "{}", good];
    const event = { Records: bodies.map((body, i) => ({ messageId: `${i}`, body, attributes: {} })) };
    expect(await cloud.lambda.invoke("CleanUpFunction", event)).toEqual({
      ok: true,
      result: { batchItemFailures: [{ itemIdentifier: "0" }, { itemIdentifier: "1" }] },
    });
  });
});
