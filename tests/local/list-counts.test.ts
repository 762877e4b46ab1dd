import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { systemClock } from "@daybook/core/clock";
import { newTodoId } from "@daybook/core/ids";
import type { StreamRecord } from "@daybook/local/dynamodb/table-streams";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { newTodo, newUser, succeed, type TestUser, variable } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  // Removes the delay of the queue, which waits for requests in flight.
  cloud = await runCloud((graph) => ({
    ...graph,
    resources: {
      ...graph.resources,
      "aws:sqs:Queue": {
        ...graph.resources["aws:sqs:Queue"],
        CleanUpJobsQueue: { ...graph.resources["aws:sqs:Queue"]?.CleanUpJobsQueue, delaySeconds: 0 },
      },
    },
  }));
});
afterEach(() => cloud.dynamo.faults.clear());
afterAll(() => cloud.remove());

let user: TestUser;
let listId: string;
beforeEach(async () => {
  const { token, ...person } = await newUser(cloud.env);
  const { body: inbox } = await succeed(cloud.env, "createList", { token, body: { name: "Groceries" } });
  user = { ...person, token, inbox };
  listId = inbox.id;
});

const request = () => ({ token: user.token, params: { listId } });
const openTodos = async () => (await succeed(cloud.env, "getList", request())).body.openTodos;
const add = (...titles: string[]) => Promise.all(titles.map((title) => newTodo(cloud.env, user, { title })));
/** Returns the count after all stream records were delivered. */
async function counted(): Promise<number> {
  await cloud.streams.drained();
  return openTodos();
}

type Item = Readonly<Record<string, Record<string, unknown>>>;
const tableOf = () => cloud.graph.all("aws:dynamodb:Table").find((table) => table.name === "TableTable");
const TableName = () => String(tableOf()?.id);

/** Copies a stored todo with a new id and changed members. */
async function copyOf(todoId: string, more: Item = {}) {
  const Key = { pk: { S: `LIST#${listId}#0` }, sk: { S: `TODO#${todoId}` } };
  const { Item } = await cloud.dynamo.engine.call<{ Item: Item }>("GetItem", { TableName: TableName(), Key });
  const id = newTodoId(systemClock);
  return { ...Item, id: { S: id }, sk: { S: `TODO#${id}` }, ...more };
}

/** Writes items in one transaction, so that their stream records are delivered together. */
const writeTogether = (items: readonly Item[]) =>
  cloud.dynamo.engine.call("TransactWriteItems", {
    TransactItems: items.map((Item) => ({ Put: { TableName: TableName(), Item } })),
  });

/** Returns all stream records of the list's todos. */
async function recordsOfTodos(): Promise<StreamRecord[]> {
  const { streams } = cloud.dynamo;
  const streamArn = String(tableOf()?.streamArn);
  const records: StreamRecord[] = [];
  for (const { id } of await streams.shards(streamArn)) {
    let iterator: string | undefined = await streams.iterator(streamArn, id, "TRIM_HORIZON");
    while (iterator !== undefined) {
      const reading = await streams.read(streamArn, iterator);
      records.push(...reading.records);
      iterator = reading.last === undefined ? undefined : reading.next;
    }
  }
  return records.filter(({ dynamodb }) => String(dynamodb.Keys.pk?.S) === `LIST#${listId}#0`);
}

describe("the count of open todos", () => {
  it("is not changed by redelivery, overlapping batches and concurrent consumers", async () => {
    const [first] = await add("a", "b", "c", "d");
    await succeed(cloud.env, "updateTodo", {
      token: user.token,
      params: { listId, todoId: String(first?.id) },
      body: { completed: true },
    });
    expect(await counted()).toBe(3);
    const records = await recordsOfTodos();
    expect(records).toHaveLength(5);
    const batches = [records, records.slice(0, 2), records.slice(1, 4), records.slice(3), records];
    const deliver = (Records: StreamRecord[]) => cloud.lambda.invoke("PublishEventsFunction", { Records });
    const results = await Promise.all(batches.map(deliver));
    expect(results).toEqual(results.map(() => ({ ok: true, result: { batchItemFailures: [] } })));
    expect(await counted()).toBe(3);
    await add("e");
    expect(await counted()).toBe(4);
  });

  it("counts once when the table's response is lost", async () => {
    const caller = "PublishEventsFunction";
    cloud.dynamo.faults.next({ operation: "UpdateItem", caller, when: "after", error: "cut" });
    await add("a", "b");
    expect(await counted()).toBe(2);
  });

  it("counts the valid records of a batch, and sends only the invalid one to the dead-letter queue", async () => {
    const [model] = await add("a");
    const good = await Promise.all([1, 2, 3].map(() => copyOf(String(model?.id))));
    const poison = await copyOf(String(model?.id), { listId: { N: "7" } });
    await writeTogether([...good.slice(0, 1), poison, ...good.slice(1)]);
    expect(await counted()).toBe(4);
    const letter = await deadLetter();
    expect(letter).toMatchObject({
      requestContext: { condition: "RetryAttemptsExhausted" },
      DDBStreamBatchInfo: { batchSize: 1 },
    });
    await add("b");
    expect(await counted()).toBe(5);
  });

  it("counts only todos of the list's current epoch", async () => {
    const [model] = await add("a");
    const copy = await copyOf(String(model?.id));
    await writeTogether([
      { ...copy, entity: { S: "attachment" }, sk: { S: "TODO#attachment" } },
      { ...copy, pk: { S: `LIST#${listId}#7` }, epoch: { N: "7" } },
    ]);
    expect(await counted()).toBe(1);
  });
});

/** Waits for the count. A recount succeeds only at a moment without concurrent changes. */
const recounted = (expected: number) =>
  vi.waitFor(async () => expect(await openTodos()).toBe(expected), { timeout: 30_000, interval: 100 });

describe("a wrong count", () => {
  it("is repaired after the table failed for longer than all retries", async () => {
    const caller = "PublishEventsFunction";
    cloud.dynamo.faults.next({ operation: "UpdateItem", caller, times: 4, error: { code: "InternalServerError" } });
    await add("a", "b", "c");
    await recounted(3);
    expect(cloud.log()).toContain('"miscounted"');
    await add("d");
    await recounted(4);
  });

  it("is repaired in a list that was created before counting existed", async () => {
    await add("a", "b");
    expect(await counted()).toBe(2);
    await cloud.dynamo.engine.call("UpdateItem", {
      TableName: TableName(),
      Key: { pk: { S: `LIST#${listId}` }, sk: { S: "LIST" } },
      UpdateExpression: "REMOVE openTodos, countedTo",
    });
    expect(await openTodos()).toBe(0);
    await add("c");
    await recounted(3);
  });

  it("is repaired on demand, even during concurrent changes", async () => {
    const [model] = await add("a");
    await counted();
    await cloud.dynamo.engine.call("UpdateItem", {
      TableName: TableName(),
      Key: { pk: { S: `LIST#${listId}` }, sk: { S: "LIST" } },
      UpdateExpression: "SET openTodos = :wrong",
      ExpressionAttributeValues: { ":wrong": { N: "70" } },
    });
    const body = JSON.stringify({ type: "list.miscounted", listId, epoch: 0 });
    const event = { Records: [{ messageId: "1", body, attributes: {} }] };
    const writes = Array.from({ length: 20 }, async (_, i) => {
      if (i % 5 === 0) await cloud.lambda.invoke("CleanUpFunction", event);
      else await writeTogether([await copyOf(String(model?.id))]);
    });
    await Promise.all(writes);
    await recounted(17);
    expect(await counted()).toBe(17);
  });
});

/** Receives the next message of the publisher's dead-letter queue. */
async function deadLetter(): Promise<unknown> {
  const client = new SQSClient({
    endpoint: variable(cloud.env, "AWS_ENDPOINT_URL_SQS"),
    region: variable(cloud.env, "AWS_REGION"),
    credentials: {
      accessKeyId: variable(cloud.env, "AWS_ACCESS_KEY_ID"),
      secretAccessKey: variable(cloud.env, "AWS_SECRET_ACCESS_KEY"),
    },
  });
  const queue = cloud.graph.all("aws:sqs:Queue").find(({ name }) => name === "PublishEventsDlqQueue");
  const { Messages: [message] = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl: queue?.id, WaitTimeSeconds: 10 }),
  );
  return JSON.parse(message?.Body ?? "null");
}
