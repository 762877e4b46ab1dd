import { randomInt } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { callsOf } from "../db/test-calls.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import { write } from "../db/write.ts";
import { rendererVersion } from "../markdown/rendered.ts";
import * as publishing from "../post/post.publishing.ts";
import * as posts from "../post/post.service.ts";
import { newAuthor, newPublished, type TestAuthor } from "../post/test-posts.ts";
import { testClock } from "../test-clock.ts";
import * as reading from "./published-post.service.ts";
import { Slug } from "./published-post.ts";
import { renderedHtml } from "./rendered-html.repository.ts";

const slug = (text: string) => Slug.parse(text);
const clock = testClock();

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());

let author: TestAuthor;
beforeEach(async () => {
  author = await newAuthor(clock);
});

describe("rendered HTML", () => {
  const htmlItems = async ({ handle }: TestAuthor) =>
    (await table.items()).filter((item) => item.entity === "rendered" && item.handle === handle);

  it("is made once on publication and stored with the post", async () => {
    const { id } = await newPublished(author);
    const { rendered } = await reading.getAt(author.handle, slug("a-garden"));
    expect(rendered).toEqual({ html: "<p>It grows.</p>", feedHtml: "<p>It grows.</p>", headings: [] });
    await posts.update(author, id, { body: "It grew." });
    expect((await reading.get(id)).rendered).toEqual(rendered);
    await publishing.publish(author, id, {});
    expect((await reading.get(id)).rendered?.html).toBe("<p>It grew.</p>");
    expect(await callsOf(() => reading.getAt(author.handle, slug("a-garden")))).toEqual(["Query"]);
  });

  it("moves with the post and is deleted with it", async () => {
    const { id } = await newPublished(author, { slug: slug("one") });
    await posts.update(author, id, { slug: slug("two") });
    await publishing.publish(author, id, {});
    expect((await htmlItems(author)).map((item) => item.slug)).toEqual(["two"]);
    expect((await reading.getAt(author.handle, slug("one"))).rendered?.html).toBe("<p>It grows.</p>");
    await publishing.unpublish(author, id);
    expect(await htmlItems(author)).toEqual([]);
    await publishing.publish(author, id, {});
    await posts.remove(author, id);
    expect(await htmlItems(author)).toEqual([]);
  });

  it("is null if an older renderer version made it", async () => {
    await newPublished(author);
    await write(
      renderedHtml.update({ handle: author.handle, slug: slug("a-garden") }, { renderer: rendererVersion - 1 }),
    );
    expect(await reading.getAt(author.handle, slug("a-garden"))).toMatchObject({ body: "It grows.", rendered: null });
  });

  it("fits into an item even for the longest incompressible text", async () => {
    const body = Array.from({ length: 80_000 }, () => String.fromCodePoint(0x4e00 + randomInt(20_000))).join("");
    const { id } = await newPublished(author, { body });
    expect((await reading.get(id)).rendered?.html).toBe(`<p>${body}</p>`);
  });
});
