import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { newUser } from "../lifecycle/test-user.ts";
import { newContext } from "../test-context.ts";
import { problem } from "../test-problem.ts";
import * as users from "./user.service.ts";

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());

describe("get", () => {
  it("returns the profile as it was created", async () => {
    const ctx = await newUser();
    expect(await users.get(ctx)).toEqual({
      id: ctx.actor.userId,
      email: "ada@example.com",
      name: null,
      avatar: null,
      // #region blog
      handle: null,
      bio: "",
      commentEmails: true,
      // #endregion blog
      createdAt: "2026-11-21T10:00:00.000Z",
      updatedAt: "2026-11-21T10:00:00.000Z",
      version: 1,
    });
  });

  it("returns user-not-found for a missing profile", async () => {
    await expect(users.get(newContext())).rejects.toThrow(problem("user-not-found"));
  });
});

describe("update", () => {
  it("sets and removes the name, and keeps the rest", async () => {
    const ctx = await newUser();
    const named = await users.update(ctx, { name: "Ada" });
    expect(named).toMatchObject({ name: "Ada", email: "ada@example.com", version: 2 });
    expect(await users.update(ctx, {})).toEqual(named);
    expect(await users.update(ctx, { name: null })).toMatchObject({ name: null, version: 3 });
    expect(await users.get(ctx)).toMatchObject({ name: null, version: 3 });
  });

  it("returns version-conflict unless the expected version matches", async () => {
    const ctx = await newUser();
    for (const changes of [{ name: "Ada" }, {}])
      await expect(users.update({ ...ctx, expected: [2] }, changes)).rejects.toThrow(problem("version-conflict"));
    expect(await users.update({ ...ctx, expected: [1] }, { name: "Ada" })).toMatchObject({ version: 2 });
  });

  it("returns user-not-found for a missing profile", async () => {
    await expect(users.update(newContext(), { name: "Ada" })).rejects.toThrow(problem("user-not-found"));
  });
});
