import { randomUUID } from "node:crypto";
import { startTestUserPool, type TestUserPool } from "@daybook/core/account/test-user-pool";
import type { TestTable } from "@daybook/core/db/test-table";
import { userIdOf } from "@daybook/core/ids";
import * as deletion from "@daybook/core/lifecycle/deletion.service";
import { newContext } from "@daybook/core/test-context";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { captureLog, invoke, startTestApi, type TestResponse } from "./test-api.ts";
import { merge } from "./test-todos.ts";

let table: TestTable;
let pool: TestUserPool;
let list: typeof import("./list.ts");
let user: typeof import("./user.ts");
beforeAll(async () => {
  pool = await startTestUserPool();
  vi.stubEnv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", pool.identity.endpoint());
  vi.stubEnv("AWS_REGION", "eu-west-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIATEST");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  captureLog();
  table = await startTestApi({ UserPoolId: { value: "eu-west-1_test" } });
  [list, user] = await Promise.all([import("./list.ts"), import("./user.ts")]);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await table.close();
  await pool.close();
});

const items = async (sub: string) => (await table.items()).filter((item) => JSON.stringify(item).includes(sub));
const operations: Record<string, (sub: string) => Promise<TestResponse>> = {
  getMe: (sub) => invoke(user.getMe, { sub }),
  updateMe: (sub) => invoke(user.updateMe, { sub, method: "PATCH", body: { name: "Ada" }, headers: merge() }),
  listLists: (sub) => invoke(list.listLists, { sub }),
  createList: (sub) => invoke(list.createList, { sub, method: "POST", body: { name: "Groceries" } }),
  // #region blog
  createPost: async (sub) => {
    const { createPost } = await import("./post.ts");
    return invoke(createPost, { sub, method: "POST", body: { title: "A garden" } });
  },
  // #endregion blog
};

describe.each(Object.entries(operations))("%s, as the first request after a failed confirmation trigger", (_, call) => {
  let sub: string;
  beforeEach(() => {
    sub = randomUUID();
    pool.calls.length = 0;
  });

  it("creates profile and inbox first, and reads the email address once", async () => {
    expect((await call(sub)).statusCode).toBeLessThan(300);
    const [inbox] = (await invoke(list.listLists, { sub })).json;
    expect(inbox).toMatchObject({ kind: "inbox", name: "Inbox" });
    expect((await invoke(user.getMe, { sub })).json).toMatchObject({ email: "ada@example.com" });
    expect(pool.calls).toEqual(["AdminGetUser"]);
  });

  it("returns user-not-found and creates nothing if the account is gone", async () => {
    pool.refuseNext("AdminGetUser", "UserNotFoundException");
    expect(await call(sub)).toMatchObject({
      statusCode: 404,
      json: { type: expect.stringMatching(/user-not-found$/) },
    });
    expect(await items(sub)).toEqual([]);
  });

  it("creates no profile for a deleted user whose account is still in the user pool", async () => {
    const account = { assertOwner: () => Promise.resolve(), remove: () => Promise.resolve() };
    await deletion.remove(newContext({ actor: { userId: userIdOf(sub) } }), account);
    expect(await call(sub)).toMatchObject({
      statusCode: 404,
      json: { type: expect.stringMatching(/user-not-found$/) },
    });
    expect(await items(sub)).toEqual([expect.objectContaining({ entity: "deleted-user" })]);
  });
});
