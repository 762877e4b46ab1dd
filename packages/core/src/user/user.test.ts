import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../actor.ts";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { UserNotFoundError } from "../errors.ts";
import { newListId, userIdOf } from "../ids.ts";
import { ListAccess } from "../list/list.access.ts";
import * as lists from "../list/list.service.ts";
import * as users from "./user.service.ts";

const clock = { now: () => new Date("2026-11-21T10:00:00.000Z") };
const email = () => Promise.resolve("ada@example.com");
const gone = () => Promise.reject(new UserNotFoundError());
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
  it("writes profile, inbox and membership, as the keys page promises", async () => {
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

  it("writes once, however often and at how many places it is called", async () => {
    const actor = newActor();
    await Promise.all(Array.from({ length: 6 }, () => users.ensure(actor, "ada@example.com", clock)));
    expect(await itemsOf(actor)).toHaveLength(3);
  });
});

describe("get", () => {
  it("repairs an account whose confirmation failed half-way", async () => {
    const actor = newActor();
    const user = await users.get(actor, email, clock);
    expect(user).toEqual({
      id: actor.userId,
      email: "ada@example.com",
      createdAt: "2026-11-21T10:00:00.000Z",
      updatedAt: "2026-11-21T10:00:00.000Z",
      version: 1,
    });
    expect(await users.get(actor, gone, clock)).toEqual(user);
  });

  it("makes no profile for an account that is gone", async () => {
    const actor = newActor();
    await expect(users.get(actor, gone, clock)).rejects.toThrow(UserNotFoundError);
    expect(await itemsOf(actor)).toEqual([]);
  });
});

describe("lists", () => {
  it("has an inbox for everyone, also after a confirmation that failed half-way", async () => {
    const actor = newActor();
    const { items, next } = await lists.list(actor, { limit: 10 }, email, clock);
    expect(items).toEqual([expect.objectContaining({ kind: "inbox", name: "Inbox", ownerId: actor.userId })]);
    expect(next).toBeUndefined();
    expect((await lists.list(actor, { limit: 10 }, gone, clock)).items).toEqual(items);
  });
});

describe("ListAccess", () => {
  it("is made by the authorisation alone", async () => {
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

  it("is not given for the list of somebody else", async () => {
    const [inbox] = (await lists.list(newActor(), { limit: 1 }, email, clock)).items;
    const foreign = ListAccess.authorise(newActor(), inbox?.id ?? newListId(clock));
    await expect(foreign).rejects.toMatchObject({ code: "list-not-found" });
  });
});
