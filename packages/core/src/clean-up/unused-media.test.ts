import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { watermarkKey } from "../db/keys.ts";
import { connect, documents } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import type { MediaId } from "../ids.ts";
import * as repository from "../media/media.repository.ts";
import { newMedia } from "../media/test-media.ts";
import { removeOrphans } from "../orphan/orphan.service.ts";
import * as publishing from "../post/post.publishing.ts";
import * as posts from "../post/post.service.ts";
import { newAuthor, newPost, newPublished, type TestAuthor } from "../post/test-posts.ts";
import { testClock } from "../test-clock.ts";
import * as users from "../user/user.service.ts";
import { removeUnused } from "./unused-media.ts";

let table: TestTable;
let author: TestAuthor;
const clock = testClock();
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());
beforeEach(async () => {
  clock.set("2026-11-21T10:00:00.000Z");
  await documents().send(new DeleteCommand({ TableName: table.name, Key: watermarkKey("RemoveOrphans") }));
  author = await newAuthor(clock);
});

const always = () => true;
const run = () => removeOrphans({ clock }, always);
const isThere = async (id: MediaId) => (await repository.find(author.actor.userId, id)) !== undefined;
const shows = (id: MediaId) => `Look: ![A garden](media:${id})`;

describe("uploads of posts", () => {
  it("are kept while a draft uses them in its body or as its cover", async () => {
    const [inText, cover] = [await newMedia(author), await newMedia(author)];
    await newPost(author, { body: shows(inText), coverId: cover });
    expect(await run()).toEqual({ removed: 0, kept: 2, failures: [] });
    expect([await isThere(inText), await isThere(cover)]).toEqual([true, true]);
  });

  it("are kept while the published post uses them, even if the draft no longer does", async () => {
    const id = await newMedia(author);
    const post = await newPublished(author, { body: shows(id) });
    await posts.update(author, post.id, { body: "No picture any more." });
    expect(await run()).toMatchObject({ removed: 0, kept: 1 });
    await publishing.publish(author, post.id, {});
    clock.set("2026-12-21T10:00:00.000Z");
    await run();
    expect(await isThere(id)).toBe(false);
  });

  it("are checked again a month later", async () => {
    const id = await newMedia(author);
    const { id: postId } = await newPost(author, { body: shows(id) });
    await run();
    await posts.remove(author, postId);
    clock.set("2026-12-20T10:00:00.000Z");
    expect(await run()).toMatchObject({ removed: 0 });
    clock.set("2026-12-21T10:00:00.000Z");
    expect(await run()).toMatchObject({ removed: 1 });
  });

  it("are removed even if another user's post refers to them", async () => {
    const id = await newMedia(author);
    const other = await newAuthor(clock);
    await newPost(other, { body: shows(id) });
    expect(await run()).toMatchObject({ removed: 1, kept: 0 });
  });
});

describe("media of a deleted post", () => {
  it("is removed unless another post or the profile uses it", async () => {
    const [own, shared, avatar] = [await newMedia(author), await newMedia(author), await newMedia(author)];
    const post = await newPost(author, { body: [own, shared, avatar].map(shows).join("\n\n") });
    await newPost(author, { coverId: shared });
    await users.update(author, { avatarId: avatar });
    await posts.remove(author, post.id);
    for (let times = 0; times < 2; times += 1) await removeUnused(author.actor.userId, post.mediaIds);
    expect([await isThere(own), await isThere(shared), await isThere(avatar)]).toEqual([false, true, true]);
  });
});
