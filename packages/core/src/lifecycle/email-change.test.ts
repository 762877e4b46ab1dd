import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OwnerContext } from "../account/proof.ts";
import { strangerAt } from "../account/test-context.ts";
import { startTestUserPool, type TestUserPool } from "../account/test-user-pool.ts";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { problem } from "../test-problem.ts";
import { get } from "../user/user.service.ts";
import { ensureUser } from "./creation.service.ts";
import * as emailChange from "./email-change.service.ts";

let table: TestTable;
let pool: TestUserPool;
let ctx: OwnerContext;
/** Each test uses different addresses, because attempts are counted by address. */
let email: string;
const password = "correct horse battery";

beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(async () => {
  pool = await startTestUserPool();
  pool.email = `${randomUUID()}@example.com`;
  email = `${randomUUID()}@example.org`;
  ctx = strangerAt(pool);
  await ensureUser(ctx, pool.email);
  return () => pool.close();
});

const request = () => emailChange.request(ctx, { newEmail: email, password });
const confirm = () => emailChange.confirm(ctx, { newEmail: email, emailCode: "123456", password });
const noticesTo = async (address: string) =>
  (await table.items()).filter(({ entity, email: to }) => entity === "notice" && to === address);

describe("a change of the address", () => {
  it("takes effect when the code is confirmed, and notifies the previous address", async () => {
    const before = pool.email;
    await request();
    expect(await get(ctx)).toMatchObject({ email: before });
    expect(await confirm()).toEqual({ device: expect.any(String) });
    expect(await get(ctx)).toMatchObject({ email, version: 2 });
    expect(await noticesTo(before)).toMatchObject([{ kind: "email-changed" }]);
    expect(await noticesTo(email)).toEqual([]);
  });

  it("requires the password before anything is mailed or changed", async () => {
    pool.refuseNext("InitiateAuth", "NotAuthorizedException");
    await expect(request()).rejects.toThrow(problem("password-incorrect"));
    pool.refuseNext("InitiateAuth", "NotAuthorizedException");
    await expect(confirm()).rejects.toThrow(problem("password-incorrect"));
    expect(pool.calls.filter((call) => /Attribute/.test(call))).toEqual([]);
  });

  it("requires the second factor for both steps", async () => {
    pool.secondFactor = "123456";
    await expect(request()).rejects.toThrow(problem("second-factor-required"));
    await expect(confirm()).rejects.toThrow(problem("second-factor-required"));
  });

  it("responds the same for an address that has an account", async () => {
    pool.refuseNext("UpdateUserAttributes", "AliasExistsException");
    await expect(request()).resolves.toBeUndefined();
  });

  it("is refused for the current address", async () => {
    email = pool.email;
    await expect(request()).rejects.toThrow(problem("email-unchanged"));
  });

  it.each(["CodeMismatchException", "ExpiredCodeException", "AliasExistsException", "LimitExceededException"])(
    "is refused when the user pool refuses the code: %s",
    async (error) => {
      await request();
      pool.refuseNext("VerifyUserAttribute", error);
      await expect(confirm()).rejects.toThrow(problem("confirmation-code-invalid"));
      expect((await get(ctx)).email).toBe(pool.email);
    },
  );

  it("is temporarily-unavailable when the code cannot be mailed", async () => {
    pool.refuseNext("UpdateUserAttributes", "CodeDeliveryFailureException");
    await expect(request()).rejects.toThrow(problem("temporarily-unavailable"));
  });

  it("is completed by a repeated confirmation, or by another request", async () => {
    const before = pool.email;
    await request();
    for (const complete of [confirm, () => request().catch(() => undefined)]) {
      // The user pool has changed the address, and the function stopped before it changed the profile.
      pool.email = email;
      pool.calls.length = 0;
      await complete();
      expect(pool.calls).not.toContain("VerifyUserAttribute");
      expect((await get(ctx)).email).toBe(email);
      email = `${randomUUID()}@example.org`;
    }
    expect(await noticesTo(before)).toHaveLength(1);
  });

  it("counts the mails to the new address", async () => {
    for (let count = 0; count < 5; count += 1) await request();
    await expect(request()).rejects.toMatchObject({ code: "too-many-requests" });
  });
});
