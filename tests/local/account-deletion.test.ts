import type { Graph } from "@daybook/local/graph/graph";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { expectProblem, newTodo, newUser, password, send, succeed, type TestUser } from "../fixtures.ts";
import { type RunningCloud, runCloud } from "./running.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await runCloud(withoutDelay);
});
afterEach(() => {
  cloud.dynamo.faults.clear();
  cloud.cognito.faults.clear();
});
afterAll(() => cloud.remove());

/** Removes the delay of the clean-up queue, which waits for requests in flight. These tests have none. */
function withoutDelay(graph: Graph): Graph {
  const queues = graph.resources["aws:sqs:Queue"];
  const CleanUpJobsQueue = { ...queues?.CleanUpJobsQueue, delaySeconds: 0 };
  return { ...graph, resources: { ...graph.resources, "aws:sqs:Queue": { ...queues, CleanUpJobsQueue } } };
}

type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

const tableName = () => String(cloud.graph.all("aws:dynamodb:Table").find(({ name }) => name === "TableTable")?.id);

/** Returns all items of the table that contain one of the texts. */
async function remains(...texts: string[]): Promise<Item[]> {
  const found: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page: { Items?: Item[]; LastEvaluatedKey?: Item } = await cloud.dynamo.engine.call("Scan", {
      TableName: tableName(),
      ConsistentRead: true,
      ...(ExclusiveStartKey && { ExclusiveStartKey }),
    });
    const mentions = (item: Item) => texts.some((text) => JSON.stringify(item).includes(text));
    found.push(...(page.Items ?? []).filter(mentions));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return found;
}

/** Creates a user with todos in two lists, and returns the texts that identify the user's data. */
async function busyUser(): Promise<{ user: TestUser; userId: string; traces: string[] }> {
  const user = await newUser(cloud.env);
  const { token } = user;
  const { body: me } = await succeed(cloud.env, "updateMe", { token, body: { name: "Ada" } });
  const { body: list } = await succeed(cloud.env, "createList", { token, body: { name: "Groceries" } });
  for (const inbox of [user.inbox, list]) {
    await newTodo(cloud.env, { ...user, inbox }, { title: "Buy milk", dueDate: "2026-12-24" });
    await newTodo(cloud.env, { ...user, inbox }, { title: "Done", completed: true });
  }
  return { user, userId: me.id, traces: [user.email, me.id, user.inbox.id, list.id] };
}

/** Waits until only the deletion marker remains. It contains no personal data. */
async function untilForgotten(traces: string[]): Promise<Item> {
  await vi.waitUntil(async () => (await remains(...traces)).length === 1, { timeout: 30_000, interval: 200 });
  const [memory = {}] = await remains(...traces);
  expect(memory.entity?.S).toBe("deleted-user");
  return memory;
}

const key = ({ pk, sk }: Item) => ({ pk, sk });

describe("a deleted account", () => {
  it("leaves only the deletion marker in the table", async () => {
    const { user, traces } = await busyUser();
    expect((await remains(...traces)).length).toBeGreaterThan(8);
    await succeed(cloud.env, "deleteMe", { token: user.token, body: { password } });
    const memory = await untilForgotten(traces);
    expect(Object.keys(memory).toSorted()).toEqual(
      ["pk", "sk", "entity", "id", "expiresAt", "schemaVersion", "createdAt", "updatedAt", "version"].toSorted(),
    );
  });

  it("is hidden at once, and deleted by the consumer if the request fails half-way", async () => {
    const { user, traces } = await busyUser();
    const error = { status: 500, code: "InternalServerError" };
    // A query, because the consumer may have deleted all items before the request would delete the first batch.
    cloud.dynamo.faults.next({ caller: "DeleteMeFunction", operation: "Query", times: 3, error });
    expectProblem(
      await send(cloud.env, "deleteMe", { token: user.token, body: { password } }),
      "temporarily-unavailable",
    );
    expectProblem(await send(cloud.env, "getMe", { token: user.token }), "user-not-found");
    await untilForgotten(traces);
    await succeed(cloud.env, "deleteMe", { token: user.token, body: { password } });
    const credentials = { email: user.email, password };
    expectProblem(await send(cloud.env, "createSession", { body: credentials }), "credentials-invalid");
  });

  it("stays hidden while the user pool fails, and is deleted by a retry", async () => {
    const { user } = await busyUser();
    const { token } = user;
    cloud.cognito.faults.next({ operation: "AdminDeleteUser", times: 3, error: { code: "InternalErrorException" } });
    expectProblem(await send(cloud.env, "deleteMe", { token, body: { password } }), "temporarily-unavailable");
    for (const id of ["getMe", "listLists"] as const)
      expectProblem(await send(cloud.env, id, { token }), "user-not-found");
    await succeed(cloud.env, "deleteMe", { token, body: { password } });
    expectProblem(
      await send(cloud.env, "createSession", { body: { email: user.email, password } }),
      "credentials-invalid",
    );
  });

  it("also deletes late writes when the deletion marker expires", async () => {
    const { user, userId, traces } = await busyUser();
    const [session] = (await remains(userId)).filter(({ entity }) => entity?.S === "session");
    await succeed(cloud.env, "deleteMe", { token: user.token, body: { password } });
    const memory = await untilForgotten(traces);
    await cloud.dynamo.engine.call("PutItem", { TableName: tableName(), Item: session });
    await cloud.dynamo.engine.call("DeleteItem", { TableName: tableName(), Key: key(memory) });
    await vi.waitUntil(async () => (await remains(...traces)).length === 0, { timeout: 30_000, interval: 200 });
  });
});

describe("a refresh token that could not be revoked", () => {
  it("is logged, and the user is signed out", async () => {
    const { cookie } = await newUser(cloud.env);
    cloud.cognito.faults.next({ operation: "RevokeToken", times: 3, error: { code: "InternalErrorException" } });
    await succeed(cloud.env, "deleteSession", { cookie });
    expectProblem(await send(cloud.env, "refreshSession", { cookie }), "session-missing");
    await vi.waitUntil(() => cloud.log().includes("request not completed"), { timeout: 5_000 });
  });
});
