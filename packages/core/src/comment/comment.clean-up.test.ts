import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import type { PostId } from "../ids.ts";
import { newUser } from "../lifecycle/test-user.ts";
import { newMedia } from "../media/test-media.ts";
import { newAuthor, newPublished, type TestAuthor } from "../post/test-posts.ts";
import { testClock } from "../test-clock.ts";
import type { TestContext } from "../test-context.ts";
import * as users from "../user/user.service.ts";
import { forgetWriter, removeAll, signComments } from "./comment.clean-up.ts";
import * as repository from "./comment.repository.ts";
import { decide } from "./comment.review.ts";
import * as comments from "./comment.service.ts";

let table: TestTable;
let author: TestAuthor;
let postId: PostId;
const clock = testClock();
const hasTime = () => true;

beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(async () => {
  author = await newAuthor(clock);
  ({ id: postId } = await newPublished(author));
});

async function newReader(): Promise<TestContext> {
  const reader = await newUser({ clock });
  await users.update(reader, { name: "Rosa" });
  return reader;
}
const write = (ctx: TestContext, body: string, parentId?: Awaited<ReturnType<typeof comments.create>>["id"]) =>
  comments.create(ctx, postId, { body, ...(parentId && { parentId }) });
const shown = async () =>
  (await comments.list(postId, { limit: 100 })).items.map(({ state, writer, body }) => [state, writer?.name, body]);
const mentioning = async (text: string) =>
  (await table.items()).filter((item) => JSON.stringify(item).includes(text) && !String(item.pk).endsWith("#RATE"));

describe("a user who deletes the account", () => {
  it("leaves no text and no name, and comments with replies keep their place", async () => {
    const reader = await newReader();
    const parent = await write(reader, "A secret");
    await write(author, "Indeed", parent.id);
    await write(reader, "Another secret");
    const { userId } = reader.actor;
    expect(await forgetWriter({ clock }, userId, hasTime)).toBe(true);
    // Comments of the same millisecond can be in either order.
    expect((await shown()).toSorted()).toEqual([
      ["deleted", undefined, ""],
      ["visible", "Maya", "Indeed"],
    ]);
    const rest = await mentioning(userId);
    expect(rest.filter(({ entity }) => entity === "comment")).toEqual([]);
    expect(await mentioning("secret")).toEqual([]);
    // Idempotent.
    expect(await forgetWriter({ clock }, userId, hasTime)).toBe(true);
  });

  it("is removed from the blocked readers of other authors", async () => {
    const reader = await newReader();
    const comment = await write(reader, "Spam");
    await decide(author, { postId, commentId: comment.id }, { decision: "block" });
    expect((await mentioning(reader.actor.userId)).map(({ entity }) => entity)).toContain("blocked-reader");
    await forgetWriter({ clock }, reader.actor.userId, hasTime);
    expect((await mentioning(reader.actor.userId)).map(({ entity }) => entity)).not.toContain("blocked-reader");
  });

  it("is cleaned up by the next call when the time is up", async () => {
    const reader = await newReader();
    await write(reader, "One");
    expect(await forgetWriter({ clock }, reader.actor.userId, () => false)).toBe(false);
    expect(await forgetWriter({ clock }, reader.actor.userId, hasTime)).toBe(true);
    expect(await shown()).toEqual([]);
  });
});

describe("a deleted post", () => {
  it("leaves no comments", async () => {
    await write(author, "One");
    await write(await newReader(), "Two");
    expect(await removeAll(postId, hasTime)).toBe(true);
    expect((await table.items()).filter(({ entity, postId: of }) => entity === "comment" && of === postId)).toEqual([]);
  });
});

describe("an author who changes their name", () => {
  it("has the new name on their own comments only, without a new version", async () => {
    const mine = await write(author, "Mine");
    const other = await write(await newReader(), "Not mine");
    const avatarId = await newMedia(author);
    const { avatar } = await users.update(author, { name: "Maya Lind", avatarId });
    const writer = { id: author.actor.userId, handle: author.handle, name: "Maya Lind", avatar };
    expect(await signComments(writer, hasTime)).toBeUndefined();
    expect(await repository.find(postId, mine.id)).toEqual({ ...mine, writer });
    expect(await repository.find(postId, other.id)).toEqual(other);
  });
});
