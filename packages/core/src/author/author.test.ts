import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { callsOf } from "../db/test-calls.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import * as deletion from "../lifecycle/deletion.service.ts";
import { newUser } from "../lifecycle/test-user.ts";
import { newMedia } from "../media/test-media.ts";
import { newAuthor, newPost, newPublished } from "../post/test-posts.ts";
import * as reading from "../published/published-post.service.ts";
import { testClock } from "../test-clock.ts";
import { problem } from "../test-problem.ts";
import * as users from "../user/user.service.ts";
import * as authors from "./author.service.ts";
import { Handle } from "./author.ts";

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());

let clock = testClock();
beforeEach(() => {
  clock = testClock();
});

const other = Handle.parse("another-one");

describe("a handle", () => {
  it("is one item with the public profile, written in one transaction with the private one", async () => {
    const author = await newAuthor(clock);
    const change = () => users.update(author, { bio: "Digs." });
    expect(await callsOf(change)).toEqual(["GetItem", "TransactWriteItems"]);
    const shown = (await table.items()).filter(({ pk }) => pk === `AUTHOR#${author.handle}`);
    const stored = {
      sk: "AUTHOR",
      entity: "author",
      userId: author.actor.userId,
      name: "Maya",
      bio: "Digs.",
      version: 3,
    };
    expect(shown).toEqual([expect.objectContaining(stored)]);
    expect(shown[0]).not.toHaveProperty("email");
    expect(await callsOf(() => authors.get(author.handle))).toEqual(["GetItem"]);
    expect(await authors.get(author.handle)).toMatchObject({ handle: author.handle, name: "Maya", bio: "Digs." });
  });

  it("belongs to one user and cannot be changed", async () => {
    const author = await newAuthor(clock);
    const late = await newUser();
    const claim = { name: "Late", handle: author.handle };
    await expect(users.update(late, claim)).rejects.toThrow(problem("handle-taken"));
    expect(await users.get(late)).toMatchObject({ name: null, handle: null });
    await expect(users.update(author, { handle: other })).rejects.toThrow(problem("handle-chosen"));
    await expect(users.update(author, { name: null })).rejects.toThrow(problem("name-required"));
    const before = await users.get(author);
    expect(await users.update(author, { handle: author.handle, name: "Maya" })).toEqual(before);
  });

  it("does not show a rejected change of the profile", async () => {
    const author = await newAuthor(clock);
    await expect(users.update({ ...author, expected: [1] }, { name: "Late" })).rejects.toThrow(
      problem("version-conflict"),
    );
    await expect(users.update(author, { name: "Late", handle: other })).rejects.toThrow(problem("handle-chosen"));
    expect(await authors.get(author.handle)).toMatchObject({ name: "Maya" });
    await expect(authors.get(other)).rejects.toThrow(problem("author-not-found"));
  });

  it("matches the profile after concurrent updates", async () => {
    const author = await newAuthor(clock);
    const names = Array.from({ length: 5 }, (_, index) => `Maya ${index}`);
    await Promise.all(names.map((name) => users.update(author, { name })));
    const { name, version } = await users.get(author);
    expect(version).toBe(7);
    expect(await authors.get(author.handle)).toMatchObject({ name });
  });
});

describe("an avatar", () => {
  it("is copied from the user's own processed upload and removed with null", async () => {
    const author = await newAuthor(clock);
    const foreign = await newMedia(await newAuthor(clock));
    for (const id of [foreign, await newMedia(author, "awaited"), await newMedia(author, "refused")]) {
      await expect(users.update(author, { avatarId: id })).rejects.toThrow(problem("media-not-found"));
    }
    const avatarId = await newMedia(author);
    const shown = await users.update(author, { avatarId });
    expect(shown.avatar).toMatchObject({ id: avatarId, widths: [320, 640] });
    expect((await authors.get(author.handle)).avatar).toEqual(shown.avatar);
    expect(await users.update(author, { avatarId })).toEqual(shown);
    await users.update(author, { avatarId: null });
    expect((await authors.get(author.handle)).avatar).toBeNull();
    expect((await users.get(author)).avatar).toBeNull();
  });
});

describe("an author who deletes the account", () => {
  const account = { assertOwner: () => Promise.resolve(), remove: () => Promise.resolve() };

  it("leaves no content, and the handle remains taken", async () => {
    const author = await newAuthor(clock);
    await users.update(author, { bio: "Digs." });
    await newPost(author);
    const posts = [];
    for (let count = 0; count < 30; count += 1) posts.push(await newPublished(author));
    await deletion.remove(author, account);
    await deletion.remove(author, account);
    await expect(authors.get(author.handle)).rejects.toThrow(problem("author-not-found"));
    for (const { id } of posts.slice(0, 3)) await expect(reading.get(id)).rejects.toThrow(problem("post-not-found"));
    const left = (await table.items()).filter((item) => JSON.stringify(item).includes(author.handle));
    expect(left).toEqual([expect.objectContaining({ entity: "author", pk: `AUTHOR#${author.handle}` })]);
    expect(JSON.stringify(left)).not.toMatch(/Maya|Digs/);
    const own = (await table.items()).filter(({ pk }) => String(pk).startsWith(`USER#${author.actor.userId}`));
    expect(own).toEqual([expect.objectContaining({ entity: "deleted-user" })]);
  });

  it("leaves no author when the handle is chosen at the same time", async () => {
    const author = await newUser();
    const handle = Handle.parse("at-the-same-moment");
    await users.update(author, { name: "Maya" });
    await Promise.allSettled([
      users.update(author, { handle }),
      deletion.remove(author, account),
      users.update(author, { bio: "Late." }),
    ]);
    await expect(authors.get(handle)).rejects.toThrow(problem("author-not-found"));
  });

  it("leaves a handle that returns handle-taken to other users", async () => {
    const author = await newAuthor(clock);
    await deletion.remove(author, account);
    const reader = await newUser();
    const claim = { name: "Reader", handle: author.handle };
    await expect(users.update(reader, claim)).rejects.toThrow(problem("handle-taken"));
  });
});
