import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../actor.ts";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { newListId, userIdOf } from "../ids.ts";
import { ListAccess } from "../list/list.access.ts";
import * as lists from "../list/list.service.ts";
import { Problem } from "../problem.ts";
import { problem } from "../test-problem.ts";
import * as deletion from "./user.deletion.ts";
import * as users from "./user.service.ts";

const clock = { now: () => new Date("2026-11-21T10:00:00.000Z") };
const email = () => Promise.resolve("ada@example.com");
const gone = () => Promise.reject(new Problem("user-not-found"));
const newActor = (): Actor => ({ userId: userIdOf(randomUUID()) });

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());

const itemsOf = async ({ userId }: Actor) =>
  (await table.items()).filter((item) => [item.id, item.userId, item.ownerId].includes(userId));

describe("ensure", () => {
  it("stores profile, inbox and membership under the documented keys", async () => {
    const actor = newActor();
    await users.ensure(actor, "ada@example.com", clock);
    const items = await itemsOf(actor);
    const listId = items.find(({ entity }) => entity === "list")?.id;
    const common = { schemaVersion: 1, version: 1, createdAt: "2026-11-21T10:00:00.000Z" };
    expect(items).toHaveLength(3);
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...common, pk: `USER#${actor.userId}`, sk: "PROFILE", entity: "profile" }),
        expect.objectContaining({ ...common, pk: `LIST#${listId}`, sk: "LIST", kind: "inbox", epoch: 0 }),
        expect.objectContaining({ ...common, pk: `USER#${actor.userId}`, sk: `LIST#${listId}`, role: "owner" }),
      ]),
    );
  });

  it("stores them once despite repeated and concurrent calls", async () => {
    const actor = newActor();
    await Promise.all(Array.from({ length: 6 }, () => users.ensure(actor, "ada@example.com", clock)));
    expect(await itemsOf(actor)).toHaveLength(3);
  });
});

describe("get", () => {
  it("creates the profile of an account whose confirmation failed", async () => {
    const actor = newActor();
    const user = await users.get(actor, email, clock);
    expect(user).toEqual({
      id: actor.userId,
      email: "ada@example.com",
      name: null,
      handle: null,
      bio: "",
      avatar: null,
      createdAt: "2026-11-21T10:00:00.000Z",
      updatedAt: "2026-11-21T10:00:00.000Z",
      version: 1,
    });
    expect(await users.get(actor, gone, clock)).toEqual(user);
  });

  it("creates no profile when the account is gone", async () => {
    const actor = newActor();
    await expect(users.get(actor, gone, clock)).rejects.toThrow(problem("user-not-found"));
    expect(await itemsOf(actor)).toEqual([]);
  });
});

describe("update", () => {
  it("sets and removes the name, and keeps the rest", async () => {
    const actor = newActor();
    await users.ensure(actor, "ada@example.com", clock);
    const named = await users.update(actor, { name: "Ada" }, gone, clock);
    expect(named).toMatchObject({ name: "Ada", email: "ada@example.com", version: 2 });
    expect(await users.update(actor, {}, gone, clock)).toEqual(named);
    expect(await users.update(actor, { name: null }, gone, clock)).toMatchObject({ name: null, version: 3 });
    expect(await users.get(actor, gone, clock)).toMatchObject({ name: null, version: 3 });
  });

  it("returns version-conflict unless the expected version matches", async () => {
    const actor = newActor();
    await users.ensure(actor, "ada@example.com", clock);
    for (const changes of [{ name: "Ada" }, {}])
      await expect(users.update(actor, changes, gone, clock, [2])).rejects.toThrow(problem("version-conflict"));
    expect(await users.update(actor, { name: "Ada" }, gone, clock, [1])).toMatchObject({ version: 2 });
  });

  it("creates a missing profile first", async () => {
    expect(await users.update(newActor(), { name: "Ada" }, email, clock)).toMatchObject({ name: "Ada", version: 2 });
  });
});

describe("deletion", () => {
  const account = { assertOwner: () => Promise.resolve(), remove: () => Promise.resolve() };
  const tombstone = (actor: Actor) => expect.objectContaining({ entity: "deleted-user", id: actor.userId });

  it("leaves only the deletion record, and is idempotent", async () => {
    const actor = newActor();
    await users.ensure(actor, "ada@example.com", clock);
    await lists.create(actor, { name: "Groceries" }, gone, clock);
    expect(await itemsOf(actor)).toHaveLength(5);
    await deletion.remove(actor, account, clock);
    await deletion.remove(actor, account, clock);
    const items = await itemsOf(actor);
    expect(items).toEqual([tombstone(actor)]);
    expect(JSON.stringify(items)).not.toContain("ada@example.com");
    expect(items[0]?.expiresAt).toBeGreaterThan(clock.now().getTime() / 1000 + 24 * 60 * 60);
  });

  it("refuses to recreate the profile while the user pool still has the account", async () => {
    const actor = newActor();
    await deletion.remove(actor, account, clock);
    await expect(users.get(actor, email, clock)).rejects.toThrow(problem("user-not-found"));
    await expect(users.update(actor, { name: "Ada" }, email, clock)).rejects.toThrow(problem("user-not-found"));
    await expect(lists.list(actor, { limit: 10 }, email, clock)).rejects.toThrow(problem("user-not-found"));
    await expect(lists.create(actor, { name: "Groceries" }, email, clock)).rejects.toThrow(problem("user-not-found"));
    expect(await itemsOf(actor)).toEqual([tombstone(actor)]);
  });

  it("wins against a concurrent creation of the profile", async () => {
    const actor = newActor();
    await Promise.allSettled([
      ...Array.from({ length: 4 }, () => users.ensure(actor, "ada@example.com", clock)),
      deletion.remove(actor, account, clock),
    ]);
    // The consumer of `user.deleted` does the same.
    await deletion.purge(actor.userId, () => true);
    expect(await itemsOf(actor)).toEqual([tombstone(actor)]);
  });

  it("continues after a failure, even if the user pool then rejects the token", async () => {
    const actor = newActor();
    await users.ensure(actor, "ada@example.com", clock);
    const broken = { ...account, remove: () => Promise.reject(new Error("The network is down")) };
    await expect(deletion.remove(actor, broken, clock)).rejects.toThrow("The network is down");
    const refusing = { ...account, assertOwner: () => Promise.reject(new Problem("session-missing")) };
    await deletion.remove(actor, refusing, clock);
    expect(await itemsOf(actor)).toEqual([tombstone(actor)]);
  });

  it("deletes nothing if the session was signed out", async () => {
    const actor = newActor();
    await users.ensure(actor, "ada@example.com", clock);
    const refusing = { ...account, assertOwner: () => Promise.reject(new Problem("session-missing")) };
    await expect(deletion.remove(actor, refusing, clock)).rejects.toThrow(problem("session-missing"));
    expect(await itemsOf(actor)).toHaveLength(3);
  });
});

describe("lists", () => {
  it("creates the inbox of an account whose confirmation failed", async () => {
    const actor = newActor();
    const { items, next } = await lists.list(actor, { limit: 10 }, email, clock);
    expect(items).toEqual([expect.objectContaining({ kind: "inbox", name: "Inbox", ownerId: actor.userId })]);
    expect(next).toBeUndefined();
    expect((await lists.list(actor, { limit: 10 }, gone, clock)).items).toEqual(items);
  });
});

describe("ListAccess", () => {
  it("can be created by authorization only", async () => {
    const actor = newActor();
    const [inbox] = (await lists.list(actor, { limit: 1 }, email, clock)).items;
    if (!inbox) throw new Error("There is no inbox");
    const needsAccess = (access: ListAccess) => access.list.id;
    expect(needsAccess(await ListAccess.authorise(actor, inbox.id))).toBe(inbox.id);
    // @ts-expect-error The constructor is private.
    expect(() => new ListAccess(inbox)).not.toThrow();
    // @ts-expect-error A look-alike lacks the private field.
    expect(needsAccess({ list: inbox })).toBe(inbox.id);
  });

  it("is refused for another user's list", async () => {
    const [inbox] = (await lists.list(newActor(), { limit: 1 }, email, clock)).items;
    const foreign = ListAccess.authorise(newActor(), inbox?.id ?? newListId(clock));
    await expect(foreign).rejects.toMatchObject({ code: "list-not-found" });
  });
});
