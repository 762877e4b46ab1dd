import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authorPartition, everythingPartition, monthPartition, tagPartition } from "../db/keys.blog.ts";
import { connect } from "../db/table.ts";
import { callsOf } from "../db/test-calls.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import type { PostId } from "../ids.ts";
import { newUser } from "../lifecycle/test-user.ts";
import { newMedia } from "../media/test-media.ts";
import * as reading from "../published/published-post.service.ts";
import { Slug, Tag } from "../published/published-post.ts";
import { testClock } from "../test-clock.ts";
import { problem } from "../test-problem.ts";
import * as users from "../user/user.service.ts";
import * as publishing from "./post.publishing.ts";
import * as posts from "./post.service.ts";
import { newAuthor, newPost, newPublished, type TestAuthor } from "./test-posts.ts";

const [slug, tag] = [(text: string) => Slug.parse(text), (text: string) => Tag.parse(text)];

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());

let clock = testClock();
let author: TestAuthor;
beforeEach(async () => {
  clock = testClock();
  author = await newAuthor(clock);
});

const titlesOf = async (filter: Parameters<typeof reading.list>[0] | object) =>
  (await reading.list({ limit: 100, ...filter })).items.map(({ title }) => title);
const listsWith = async (id: PostId) =>
  (await table.items()).filter(({ entity, postId }) => entity === "entry" && postId === id).map(({ pk }) => pk);
const leadingTo = async (id: PostId) =>
  (await table.items()).filter((item) => item.postId === id).map(({ pk, entity }) => [entity, pk]);

describe("publish", () => {
  it("publishes a copy of the draft and adds it to all its lists", async () => {
    const post = await newPost(author, {
      tags: [tag("soil"), tag("花园")],
      canonicalUrl: "https://example.com/",
    });
    const published = await publishing.publish(author, post.id, {});
    expect(published).toMatchObject({ state: "published", slug: "a-garden", version: 2 });
    expect(published.publishedAt).toBe("2026-11-21T10:00:00.000Z");
    expect(published.published).toMatchObject({ version: 2, slug: "a-garden" });
    expect(await posts.get(author, post.id)).toEqual(published);
    const page = await reading.getAt(author.handle, slug("a-garden"));
    expect(page).toMatchObject({
      title: "A garden",
      body: "It grows.",
      excerpt: "It grows.",
      words: 2,
      commentCount: 0,
    });
    expect(page).toMatchObject({
      author: { name: "Maya", bio: "", avatar: null },
      canonicalUrl: "https://example.com/",
    });
    expect(await reading.get(post.id)).toEqual(page);
    const lists = ["soil", "花园"].map(tagPartition);
    lists.push(everythingPartition, authorPartition(author.handle), monthPartition("2026-11"));
    expect((await listsWith(post.id)).toSorted()).toEqual(lists.toSorted());
    expect(await titlesOf({ author: author.handle })).toEqual(["A garden"]);
  });

  it("is one transaction, and writes nothing for a version that is published already", async () => {
    const { id } = await newPost(author, { tags: [tag("soil")] });
    const calls = await callsOf(() => publishing.publish(author, id, {}));
    // The call is counted while the post is read.
    expect(calls.filter((call) => !/Get/.test(call))).toEqual(["UpdateItem", "TransactWriteItems"]);
    const before = await posts.get(author, id);
    clock.set("2026-12-01T00:00:00.000Z");
    const again = await callsOf(async () => expect(await publishing.publish(author, id, {})).toEqual(before));
    expect(again.toSorted()).toEqual(["BatchGetItem", "GetItem", "UpdateItem"]);
  });

  it("shows later changes only after publishing again, and keeps the first publication time", async () => {
    const { id } = await newPublished(author, { tags: [tag("soil"), tag("rain")] });
    clock.set("2026-12-24T18:00:00.000Z");
    const changed = await posts.update(author, id, { title: "Two gardens", tags: [tag("rain"), tag("sun")] });
    expect(changed.published).toMatchObject({ version: 2 });
    expect(await reading.get(id)).toMatchObject({ title: "A garden" });
    expect(await titlesOf({ author: author.handle })).toEqual(["A garden"]);
    await publishing.publish(author, id, {});
    const revised = { revisedAt: "2026-12-24T18:00:00.000Z", publishedAt: "2026-11-21T10:00:00.000Z" };
    expect(await reading.get(id)).toMatchObject({ title: "Two gardens", slug: "a-garden", version: 4, ...revised });
    const lists = ["rain", "sun"].map(tagPartition);
    lists.push(everythingPartition, authorPartition(author.handle), monthPartition("2026-11"));
    expect((await listsWith(id)).toSorted()).toEqual(lists.toSorted());
  });

  it("moves a post whose date of publication changes in all its lists, in one transaction", async () => {
    const { id } = await newPublished(author, { tags: [tag("soil"), tag("water")] });
    await posts.update(author, id, { tags: [tag("soil")] });
    const calls = await callsOf(() => publishing.publish(author, id, { publishedAt: "2019-05-04T10:00:00Z" }));
    expect(calls.filter((call) => call === "TransactWriteItems")).toHaveLength(1);
    expect((await listsWith(id)).toSorted()).toEqual(
      [everythingPartition, authorPartition(author.handle), monthPartition("2019-05"), tagPartition("soil")].toSorted(),
    );
    await publishing.unpublish(author, id);
    expect(await listsWith(id)).toEqual([]);
    const again = await publishing.publish(author, id, {});
    expect(again.publishedAt).toBe("2019-05-04T10:00:00.000Z");
  });

  it("copies the pictures and the author", async () => {
    const [inBody, cover, avatar] = await Promise.all([1, 2, 3].map(() => newMedia(author)));
    if (!inBody || !cover || !avatar) throw new Error("There are no media");
    await users.update(author, { bio: "Digs.", avatarId: avatar });
    const body = `![Roses](media:${inBody})\n\nAnd once more: ![Roses](media:${inBody})`;
    const { id } = await newPublished(author, { body, coverId: cover, coverAlt: "A gate" });
    const page = await reading.get(id);
    expect(page.pictures.map((picture) => picture.id)).toEqual([inBody]);
    expect(page.cover).toMatchObject({ id: cover, widths: [320, 640] });
    expect(page.author).toMatchObject({ bio: "Digs.", avatar: { id: avatar } });
  });

  it("names the pictures without an alternative text, and accepts decorative ones", async () => {
    const [one, two] = await Promise.all([1, 2].map(() => newMedia(author)));
    const captioned = `![](media:${one} "A caption") ![](media:${two})`;
    const { id } = await newPost(author, { title: "Pictures", body: `![x](media:${one}) ${captioned}` });
    await expect(publishing.publish(author, id, {})).rejects.toMatchObject({
      errors: [{ pointer: "/body", detail: "Pictures 2, 3 do not say what they show" }],
    });
    const decorated = await newPublished(author, { body: `![](media:${one}#decorative "A caption")` });
    expect((await reading.get(decorated.id)).pictures.map((picture) => picture.id)).toEqual([one]);
  });

  it("reports everything that is missing and changes nothing", async () => {
    const awaited = await newMedia(author, "awaited");
    const foreign = await newMedia(await newAuthor(clock));
    const { id } = await newPost(author, {
      title: "",
      body: `![](media:${awaited}) ![x](media:${foreign})`,
      coverId: await newMedia(author, "refused"),
    });
    const error = await publishing.publish(author, id, {}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "post-incomplete" });
    expect(error).toMatchObject({
      errors: [
        { pointer: "/title", detail: "The title is missing" },
        { pointer: "/body", detail: "Picture 1 does not say what it shows" },
        { pointer: "/coverAlt", detail: "The cover does not say what it shows" },
        { pointer: "/body", detail: "Picture 1 is not ready yet" },
        { pointer: "/body", detail: "Picture 2 is none of your uploads" },
        { pointer: "/coverId", detail: "The cover was refused" },
      ],
    });
    expect(await posts.get(author, id)).toMatchObject({ state: "draft", version: 1 });
    expect(await leadingTo(id)).toEqual([]);
  });

  it("requires a handle", async () => {
    const withoutHandle = { ...author, ...(await newUser({ clock })) };
    const { id } = await newPost(withoutHandle);
    await expect(publishing.publish(withoutHandle, id, {})).rejects.toThrow(problem("handle-required"));
  });
});

describe("slugs", () => {
  it("are derived from the title, with a number if taken", async () => {
    const made = [];
    for (let count = 0; count < 3; count += 1) made.push((await newPublished(author)).slug);
    expect(made).toEqual(["a-garden", "a-garden-2", "a-garden-3"]);
    const { id } = await newPublished(author, { title: "花" });
    expect((await posts.get(author, id)).slug).toBe(`post-${id.slice(-8).toLowerCase()}`);
  });

  it("are unique per author", async () => {
    await newPublished(author, { slug: slug("roses") });
    const second = await newPost(author, { slug: slug("roses") });
    await expect(publishing.publish(author, second.id, {})).rejects.toThrow(problem("slug-taken"));
    await expect(publishing.publish(author, second.id, { at: "2027-01-01T00:00:00Z" })).rejects.toThrow(
      problem("slug-taken"),
    );
    expect((await newPublished(await newAuthor(clock), { slug: slug("roses") })).slug).toBe("roses");
  });

  it("are given to one of two posts that request the same one concurrently", async () => {
    const wanted = await Promise.all([1, 2].map(() => newPost(author, { slug: slug("roses") })));
    const results = await Promise.allSettled(wanted.map(({ id }) => publishing.publish(author, id, {})));
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "slug-taken" } });
    const page = await reading.getAt(author.handle, slug("roses"));
    expect(await titlesOf({ author: author.handle })).toHaveLength(1);
    expect(wanted.map(({ id }) => id)).toContain(page.postId);
  });

  it("are numbered when two posts with the same title are published concurrently", async () => {
    const both = await Promise.all([1, 2].map(() => newPost(author)));
    const made = await Promise.all(both.map(({ id }) => publishing.publish(author, id, {})));
    expect(made.map((post) => post.slug).toSorted()).toEqual(["a-garden", "a-garden-2"]);
  });

  it("redirect from every former slug, which no other post can take", async () => {
    const { id } = await newPublished(author, { slug: slug("one") });
    for (const next of ["two", "three"]) {
      await posts.update(author, id, { slug: slug(next) });
      await publishing.publish(author, id, {});
    }
    for (const each of ["one", "two", "three"]) {
      expect(await reading.getAt(author.handle, slug(each))).toMatchObject({ postId: id, slug: "three" });
    }
    const { id: other } = await newPost(author, { slug: slug("one") });
    await expect(publishing.publish(author, other, {})).rejects.toThrow(problem("slug-taken"));
    await posts.update(author, id, { slug: slug("one") });
    await publishing.publish(author, id, {});
    for (const each of ["one", "two", "three"]) {
      expect(await reading.getAt(author.handle, slug(each))).toMatchObject({ slug: "one" });
    }
    expect(await titlesOf({ author: author.handle })).toEqual(["A garden"]);
  });

  it("drop the oldest redirects beyond the limit", async () => {
    const { id } = await newPublished(author, { slug: slug("s-0") });
    for (let count = 1; count <= 22; count += 1) {
      await posts.update(author, id, { slug: slug(`s-${count}`) });
      await publishing.publish(author, id, {});
    }
    const old = Array.from({ length: 4 }, (_, index) => reading.getAt(author.handle, slug(`s-${index}`)));
    expect((await Promise.allSettled(old)).map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
  });
});

describe("unpublish", () => {
  it("hides the post and its redirects, and restores them when it is published again", async () => {
    const { id } = await newPublished(author, { slug: slug("one"), tags: [tag("soil")] });
    await posts.update(author, id, { slug: slug("two") });
    await publishing.publish(author, id, {});
    const draft = await publishing.unpublish(author, id);
    expect(draft).toMatchObject({ state: "draft", published: null, publishedAt: "2026-11-21T10:00:00.000Z" });
    expect(await publishing.unpublish(author, id)).toEqual(draft);
    for (const each of ["one", "two"]) {
      await expect(reading.getAt(author.handle, slug(each))).rejects.toThrow(problem("post-not-found"));
    }
    await expect(reading.get(id)).rejects.toThrow(problem("post-not-found"));
    expect(await listsWith(id)).toEqual([]);
    clock.set("2027-01-01T00:00:00.000Z");
    await posts.update(author, id, { slug: slug("three") });
    await publishing.publish(author, id, {});
    for (const each of ["one", "three"]) {
      const again = await reading.getAt(author.handle, slug(each));
      expect(again).toMatchObject({ slug: "three", publishedAt: "2026-11-21T10:00:00.000Z" });
    }
  });

  it("cancels the schedule", async () => {
    const { id } = await newPost(author);
    await publishing.publish(author, id, { at: "2027-01-01T00:00:00Z" });
    expect(await publishing.unpublish(author, id)).toMatchObject({ state: "draft", scheduledFor: null });
    expect((await table.items()).filter((item) => item.id === id && item.gsi2pk !== undefined)).toEqual([]);
  });
});

describe("remove", () => {
  it("deletes the post, its published post and its redirects", async () => {
    const { id } = await newPublished(author, { slug: slug("one"), tags: [tag("soil")] });
    await posts.update(author, id, { slug: slug("two") });
    await publishing.publish(author, id, {});
    expect(await callsOf(() => posts.remove(author, id))).toEqual(["GetItem", "TransactWriteItems"]);
    expect(await leadingTo(id)).toEqual([]);
    expect((await table.items()).filter((item) => item.id === id)).toEqual([]);
    await expect(posts.remove(author, id)).rejects.toThrow(problem("post-not-found"));
  });

  it("frees the slugs of a draft that was published before", async () => {
    const { id } = await newPublished(author, { slug: slug("one") });
    await posts.update(author, id, { slug: slug("two") });
    await publishing.publish(author, id, {});
    await publishing.unpublish(author, id);
    await posts.remove(author, id);
    expect(await leadingTo(id)).toEqual([]);
    expect(await newPublished(author, { slug: slug("one") })).toMatchObject({ slug: "one" });
  });
});
