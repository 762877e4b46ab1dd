import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { watermarkKey } from "../db/keys.ts";
import { connect, documents } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import type { MediaId } from "../ids.ts";
import { newUser } from "../lifecycle/test-user.ts";
import * as repository from "../media/media.repository.ts";
import * as service from "../media/media.service.ts";
import { newMedia } from "../media/test-media.ts";
import { testClock } from "../test-clock.ts";
import type { TestContext } from "../test-context.ts";
import * as users from "../user/user.service.ts";
import { removeOrphans } from "./orphan.service.ts";

let table: TestTable;
let owner: TestContext;
const clock = testClock();
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(async () => {
  clock.set("2026-11-21T10:00:00.000Z");
  await documents().send(new DeleteCommand({ TableName: table.name, Key: watermarkKey("RemoveOrphans") }));
  owner = await newUser({ clock });
});

const always = () => true;
const run = () => removeOrphans({ clock }, always);
const isThere = async (id: MediaId) => (await repository.find(owner.actor.userId, id)) !== undefined;

describe("unused uploads", () => {
  it("are removed at their check in any state", async () => {
    const all = await Promise.all([newMedia(owner, "awaited"), newMedia(owner, "refused"), newMedia(owner, "ready")]);
    expect(await run()).toEqual({ removed: 3, kept: 0, failures: [] });
    expect(await Promise.all(all.map(isThere))).toEqual([false, false, false]);
  });

  it("are kept for two days", async () => {
    const target = { url: "", bucket: "", region: "", credentials: { accessKeyId: "", secretAccessKey: "" } };
    const { media } = await service.create(owner, { type: "image/png", bytes: 9 }, target);
    clock.set("2026-11-22T23:59:00.000Z");
    expect(await run()).toMatchObject({ removed: 0 });
    clock.set("2026-11-23T00:01:00.000Z");
    expect(await run()).toMatchObject({ removed: 1 });
    expect(await isThere(media.id)).toBe(false);
  });

  it("are kept while the profile uses them as its avatar", async () => {
    const id = await newMedia(owner);
    await users.update(owner, { avatarId: id });
    expect(await run()).toMatchObject({ removed: 0, kept: 1 });
  });
});

describe("the schedule", () => {
  it("is safe to repeat and to run concurrently", async () => {
    const [orphan, used] = [await newMedia(owner), await newMedia(owner)];
    await users.update(owner, { avatarId: used });
    await Promise.all([run(), run()]);
    expect(await run()).toEqual({ removed: 0, kept: 0, failures: [] });
    expect([await isThere(orphan), await isThere(used)]).toEqual([false, true]);
  });

  it("catches up on days without a run", async () => {
    await run();
    const ids: MediaId[] = [];
    for (const day of ["23", "25", "28"]) {
      clock.set(`2026-11-${day}T12:00:00.000Z`);
      ids.push(await newMedia(owner));
    }
    clock.set("2026-11-30T10:00:00.000Z");
    expect(await run()).toMatchObject({ removed: 3 });
    expect(await Promise.all(ids.map(isThere))).toEqual([false, false, false]);
  });

  it("finds an upload that the index showed late", async () => {
    await run();
    // The upload was written before the first run, but appears in the index after it.
    const id = await newMedia(owner);
    clock.set("2026-11-22T10:00:00.000Z");
    expect(await run()).toMatchObject({ removed: 1 });
    expect(await isThere(id)).toBe(false);
  });

  it("leaves work to the next run when out of time", async () => {
    const id = await newMedia(owner);
    expect(await removeOrphans({ clock }, () => false)).toEqual({ removed: 0, kept: 0, failures: [] });
    expect(await isThere(id)).toBe(true);
    expect(await run()).toMatchObject({ removed: 1 });
  });

  it("continues after an error for one owner and retries that owner later", async () => {
    const broken = await newMedia(owner);
    const other = await newUser({ clock });
    await newMedia(other);
    const key = { pk: `USER#${owner.actor.userId}`, sk: "PROFILE" };
    const client = documents();
    const { Item: profile } = await client.send(new GetCommand({ TableName: table.name, Key: key }));
    await client.send(new PutCommand({ TableName: table.name, Item: { ...key, entity: "profile" } }));
    expect(await run()).toMatchObject({ removed: 1, kept: 0, failures: [expect.any(Error)] });
    await client.send(new PutCommand({ TableName: table.name, Item: profile }));
    clock.set("2026-11-22T10:00:00.000Z");
    expect(await run()).toEqual({ removed: 1, kept: 0, failures: [] });
    expect(await isThere(broken)).toBe(false);
  });

  it("keeps an upload that changed after it was read", async () => {
    const id = await newMedia(owner, "awaited");
    const before = await repository.find(owner.actor.userId, id);
    if (!before) throw new Error("It was just made");
    await repository.settle(before, { state: "refused", reason: "unreadable" }, clock.now().toISOString());
    expect(await repository.remove(before)).toBe(false);
    expect(await isThere(id)).toBe(true);
  });
});
