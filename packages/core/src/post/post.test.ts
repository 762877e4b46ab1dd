import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { callsOf } from "../db/test-calls.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { MediaId } from "../ids.ts";
import { listMonths, openMonth } from "../published/months.repository.ts";
import * as reading from "../published/published-post.service.ts";
import { Month, Slug, Tag } from "../published/published-post.ts";
import { testClock } from "../test-clock.ts";
import { problem } from "../test-problem.ts";
import * as publishing from "./post.publishing.ts";
import * as posts from "./post.service.ts";
import { newAuthor, newPost, newPublished, type TestAuthor } from "./test-posts.ts";

const media = MediaId.parse("med_01KA6V8C3D4E5F6G7H8J9K0M1N");

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

describe("drafts", () => {
  it("are stored as two items, so that lists read no bodies", async () => {
    const { id } = await newPost(author, { body: `![x](media:${media})` });
    const stored = (await table.items()).filter((item) => item.id === id);
    const key = { pk: `USER#${author.actor.userId}`, schemaVersion: 1, version: 1 };
    expect(stored).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...key, sk: `POST#${id}`, entity: "post", mediaIds: [media] }),
        expect.objectContaining({ ...key, sk: `BODY#${id}`, entity: "post-body", body: `![x](media:${media})` }),
      ]),
    );
    expect(stored).toHaveLength(2);
    const [entry] = stored.filter(({ entity }) => entity === "post");
    expect(entry).not.toHaveProperty("body");
  });

  it("get a new version only when something changes", async () => {
    const post = await newPost(author, { tags: [Tag.parse("soil")] });
    const { title, body, tags } = post;
    expect(await posts.update(author, post.id, { title, body, tags, excerpt: null })).toEqual(post);
    clock.set("2026-11-22T10:00:00.000Z");
    const titled = await posts.update(author, post.id, { title: "Roses" });
    expect(titled).toEqual({ ...post, title: "Roses", version: 2, updatedAt: "2026-11-22T10:00:00.000Z" });
    const written = await posts.update(author, post.id, { body: "They bloom." });
    expect(written).toMatchObject({ title: "Roses", body: "They bloom.", version: 3, bodyVersion: 3 });
    expect(await posts.get(author, post.id)).toEqual(written);
  });

  it("accept one of many concurrent writers that expect the same version", async () => {
    const { id } = await newPost(author);
    const titles = Array.from({ length: 20 }, (_, index) => `By ${index}`);
    const results = await Promise.allSettled(
      titles.map((title) => posts.update({ ...author, expected: [1] }, id, { title, body: title })),
    );
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused).toHaveLength(19);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "version-conflict" });
    const { title, body, version } = await posts.get(author, id);
    expect([body, version]).toEqual([title, 2]);
  });

  it("merge concurrent updates without an expected version", async () => {
    const { id } = await newPost(author);
    await Promise.all([
      posts.update(author, id, { title: "Roses" }),
      posts.update(author, id, { body: "They bloom." }),
      posts.update(author, id, { excerpt: "Short" }),
    ]);
    expect(await posts.get(author, id)).toMatchObject({
      ...{ title: "Roses", body: "They bloom.", excerpt: "Short" },
      version: 4,
    });
  });

  it("are never read with the body of another version", async () => {
    const { id } = await newPost(author, { title: "0", body: "0" });
    const write = async () => {
      for (let count = 1; count <= 15; count += 1) {
        await posts.update(author, id, { title: String(count), body: String(count) });
      }
    };
    const read = async () => {
      for (let count = 0; count < 30; count += 1) {
        const { title, body } = await posts.get(author, id);
        expect(body).toBe(title);
      }
    };
    await Promise.all([write(), read(), read()]);
  });

  it("are visible to their author only", async () => {
    const { id } = await newPost(author);
    const other = await newAuthor(clock);
    await expect(posts.get(other, id)).rejects.toThrow(problem("post-not-found"));
    await expect(posts.update(other, id, { title: "Mine" })).rejects.toThrow(problem("post-not-found"));
    await expect(publishing.publish(other, id, {})).rejects.toThrow(problem("post-not-found"));
    await expect(posts.remove(other, id)).rejects.toThrow(problem("post-not-found"));
    expect(await posts.get(author, id)).toMatchObject({ version: 1 });
  });

  it("are listed newest first in pages", async () => {
    const made = [];
    for (let count = 0; count < 5; count += 1) {
      clock.set(`2026-11-21T10:00:0${count}.000Z`);
      made.unshift((await newPost(author)).id);
    }
    const first = await posts.list(author, { limit: 3 });
    const second = await posts.list(author, { limit: 3, cursor: first.next });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made);
    expect(second.next).toBeUndefined();
    const other = await newAuthor(clock);
    await expect(posts.list(other, { limit: 3, cursor: first.next })).rejects.toThrow(problem("validation-failed"));
  });
});

describe("published posts", () => {
  it("are read with one call for home, author, tag and month, and by slug", async () => {
    const { id } = await newPublished(author, { slug: Slug.parse("roses"), tags: [Tag.parse("soil")] });
    const month = Month.parse("2026-11");
    for (const filter of [{}, { author: author.handle }, { tag: Tag.parse("soil") }, { month }]) {
      expect(await callsOf(() => reading.list({ limit: 20, ...filter }))).toEqual(["Query"]);
    }
    expect(await callsOf(() => reading.getAt(author.handle, Slug.parse("roses")))).toEqual(["Query"]);
    expect(await callsOf(() => reading.get(id))).toEqual(["GetItem", "Query"]);
  });

  it("are listed newest first in pages, and reject cursors of other lists", async () => {
    const made = [];
    for (let count = 0; count < 5; count += 1) {
      clock.set(`2026-11-21T10:00:0${count}.000Z`);
      made.unshift((await newPublished(author)).slug);
    }
    const filter = { author: author.handle, limit: 2 };
    const slugs: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await reading.list({ ...filter, cursor });
      slugs.push(...page.items.map((item) => item.slug));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(slugs).toEqual(made);
    const { next } = await reading.list(filter);
    await expect(reading.list({ limit: 2, cursor: next })).rejects.toThrow(problem("validation-failed"));
  });
});

describe("archive months", () => {
  const [november, december] = [Month.parse("2031-11"), Month.parse("2031-12")];

  it("are listed once each, newest first", async () => {
    await Promise.all([openMonth(november, clock), openMonth(december, clock), openMonth(november, clock)]);
    expect((await listMonths({ limit: 10 })).items).toEqual([december, november]);
  });
});
