import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserContext } from "../call-context.ts";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import * as lists from "../list/list.service.ts";
import { Problem } from "../problem.ts";
import { newContext } from "../test-context.ts";
import { problem } from "../test-problem.ts";
import * as users from "../user/user.service.ts";
import { ensureUser } from "./creation.service.ts";
import * as deletion from "./deletion.service.ts";
import { newUser } from "./test-user.ts";

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());

const itemsOf = async ({ actor: { userId } }: UserContext) =>
  (await table.items()).filter((item) => [item.id, item.userId, item.ownerId].includes(userId));

describe("ensureUser", () => {
  it("stores profile, inbox and membership under the documented keys", async () => {
    const ctx = await newUser();
    const items = await itemsOf(ctx);
    const listId = items.find(({ entity }) => entity === "list")?.id;
    const common = { schemaVersion: 1, version: 1, createdAt: "2026-11-21T10:00:00.000Z" };
    expect(items).toHaveLength(3);
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...common, pk: `USER#${ctx.actor.userId}`, sk: "PROFILE", entity: "profile" }),
        expect.objectContaining({ ...common, pk: `LIST#${listId}`, sk: "LIST", kind: "inbox", epoch: 0 }),
        expect.objectContaining({ ...common, pk: `USER#${ctx.actor.userId}`, sk: `LIST#${listId}`, role: "owner" }),
      ]),
    );
  });

  it("stores them once despite repeated and concurrent calls", async () => {
    const ctx = newContext();
    await Promise.all(Array.from({ length: 6 }, () => ensureUser(ctx, "ada@example.com")));
    expect(await itemsOf(ctx)).toHaveLength(3);
  });
});

describe("deletion", () => {
  const account = { assertOwner: () => Promise.resolve(), remove: () => Promise.resolve() };
  const tombstone = (ctx: UserContext) => expect.objectContaining({ entity: "deleted-user", id: ctx.actor.userId });

  it("leaves only the deletion record, and is idempotent", async () => {
    const ctx = await newUser();
    await lists.create(ctx, { name: "Groceries" });
    expect(await itemsOf(ctx)).toHaveLength(6);
    await deletion.remove(ctx, account);
    await deletion.remove(ctx, account);
    const items = await itemsOf(ctx);
    expect(items).toEqual([tombstone(ctx)]);
    expect(JSON.stringify(items)).not.toContain("ada@example.com");
    expect(items[0]?.expiresAt).toBeGreaterThan(ctx.clock.now().getTime() / 1000 + 24 * 60 * 60);
  });

  it("refuses to recreate the profile while the user pool still has the account", async () => {
    const ctx = newContext();
    await deletion.remove(ctx, account);
    await expect(ensureUser(ctx, "ada@example.com")).rejects.toThrow(problem("user-not-found"));
    await expect(users.get(ctx)).rejects.toThrow(problem("user-not-found"));
    await expect(users.update(ctx, { name: "Ada" })).rejects.toThrow(problem("user-not-found"));
    await expect(lists.list(ctx, { limit: 10 })).rejects.toThrow(problem("user-not-found"));
    await expect(lists.create(ctx, { name: "Groceries" })).rejects.toThrow(problem("user-not-found"));
    expect(await itemsOf(ctx)).toEqual([tombstone(ctx)]);
  });

  it("wins against a concurrent creation of the profile", async () => {
    const ctx = newContext();
    await Promise.allSettled([
      ...Array.from({ length: 4 }, () => ensureUser(ctx, "ada@example.com")),
      deletion.remove(ctx, account),
    ]);
    // The consumer of `user.deleted` does the same.
    await deletion.purge(ctx.actor.userId, () => true);
    expect(await itemsOf(ctx)).toEqual([tombstone(ctx)]);
  });

  it("continues after a failure, even if the user pool then rejects the token", async () => {
    const ctx = await newUser();
    const broken = { ...account, remove: () => Promise.reject(new Error("The network is down")) };
    await expect(deletion.remove(ctx, broken)).rejects.toThrow("The network is down");
    const refusing = { ...account, assertOwner: () => Promise.reject(new Problem("session-missing")) };
    await deletion.remove(ctx, refusing);
    expect(await itemsOf(ctx)).toEqual([tombstone(ctx)]);
  });

  it("succeeds if another request deletes the account while the owner is verified", async () => {
    const ctx = await newUser();
    const assertOwner = async () => {
      await deletion.remove(ctx, account);
      throw new Problem("user-not-found");
    };
    await deletion.remove(ctx, { ...account, assertOwner });
    expect(await itemsOf(ctx)).toEqual([tombstone(ctx)]);
  });

  it("deletes nothing if the session was signed out", async () => {
    const ctx = await newUser();
    const refusing = { ...account, assertOwner: () => Promise.reject(new Problem("session-missing")) };
    await expect(deletion.remove(ctx, refusing)).rejects.toThrow(problem("session-missing"));
    expect(await itemsOf(ctx)).toHaveLength(3);
  });
});
