import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { newListId } from "../ids.ts";
import { newUser } from "../lifecycle/test-user.ts";
import { newContext, type TestContext } from "../test-context.ts";
import { problem } from "../test-problem.ts";
import { ListAccess } from "./list.access.ts";
import type { ListRecord } from "./list.repository.ts";
import * as lists from "./list.service.ts";

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());

async function newInbox(): Promise<[TestContext, ListRecord]> {
  const ctx = await newUser();
  const [inbox] = (await lists.list(ctx, { limit: 1 })).items;
  return [ctx, inbox ?? expect.fail("There is no inbox")];
}

describe("list", () => {
  it("returns the inbox of a new user", async () => {
    const [ctx, inbox] = await newInbox();
    expect(inbox).toMatchObject({ kind: "inbox", name: "Inbox", ownerId: ctx.actor.userId });
    expect(await lists.list(ctx, { limit: 10 })).toEqual({ items: [inbox], next: undefined });
  });

  it("returns user-not-found without an inbox", async () => {
    await expect(lists.list(newContext(), { limit: 10 })).rejects.toThrow(problem("user-not-found"));
  });
});

describe("create", () => {
  it("returns user-not-found without an inbox, which must be the oldest list", async () => {
    await expect(lists.create(newContext(), { name: "Groceries" })).rejects.toThrow(problem("user-not-found"));
  });
});

describe("ListAccess", () => {
  it("can be created by authorization only", async () => {
    const [ctx, inbox] = await newInbox();
    const needsAccess = (access: ListAccess) => access.list.id;
    expect(needsAccess(await ListAccess.authorise(ctx, inbox.id))).toBe(inbox.id);
    // @ts-expect-error The constructor is private.
    expect(() => new ListAccess(inbox)).not.toThrow();
    // @ts-expect-error A look-alike lacks the private field.
    expect(needsAccess({ list: inbox })).toBe(inbox.id);
  });

  it("is refused for another user's list", async () => {
    const [ctx, inbox] = await newInbox();
    const foreign = ListAccess.authorise(newContext(), inbox.id);
    await expect(foreign).rejects.toMatchObject({ code: "list-not-found" });
    await expect(ListAccess.authorise(ctx, newListId(ctx.clock))).rejects.toMatchObject({ code: "list-not-found" });
  });
});
