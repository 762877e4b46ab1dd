import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../db/table.ts";
import { startTestTable, type TestTable } from "../db/test-table.ts";
import * as publishing from "../post/post.publishing.ts";
import { newAuthor, newPublished, type TestAuthor } from "../post/test-posts.ts";
import { testClock } from "../test-clock.ts";
import { syncAuthor } from "./author-sync.repository.ts";
import * as reading from "./published-post.service.ts";
import { Tag } from "./published-post.ts";

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  connect(() => table.name, table.config);
});
afterAll(() => table.close());

const clock = testClock();
const hasTime = () => true;
const signed = ({ handle }: TestAuthor) => ({ handle, name: "Maya Lind", bio: "Gardens.", avatar: null });

/** Returns the author names in the author's published posts and list entries. */
async function names({ handle }: TestAuthor): Promise<unknown[]> {
  const found = (await table.items()).filter(
    ({ entity, author }) => ["page", "entry"].includes(String(entity)) && Object(author).handle === handle,
  );
  return found.map(({ author }) => Object(author).name);
}

describe("syncAuthor", () => {
  it("updates the author in all published posts and list entries, and keeps versions and other authors", async () => {
    const [author, other] = [await newAuthor(clock), await newAuthor(clock)];
    const tags = [Tag.parse("soil"), Tag.parse("water")];
    const posts = [await newPublished(author, { tags }), await newPublished(author)];
    await newPublished(other);
    const before = await Promise.all(posts.map(({ id }) => reading.get(id)));
    expect(await syncAuthor(signed(author), hasTime)).toBeUndefined();
    // For each post: the published post, and its entries in the lists of all posts, the author and the month. The first
    // post also has entries in two tag lists.
    expect(await names(author)).toEqual(Array.from({ length: 4 + 2 + 4 }, () => "Maya Lind"));
    expect(await Promise.all(posts.map(({ id }) => reading.get(id)))).toEqual(
      before.map((page) => ({ ...page, author: signed(author) })),
    );
    expect(new Set(await names(other))).toEqual(new Set(["Maya"]));
  });

  it("does not restore an unpublished post", async () => {
    const author = await newAuthor(clock);
    const { id } = await newPublished(author);
    await publishing.unpublish(author, id);
    await syncAuthor(signed(author), hasTime);
    expect(await names(author)).toEqual([]);
  });

  it("continues where the previous run stopped", async () => {
    const author = await newAuthor(clock);
    for (let i = 0; i < 30; i += 1) await newPublished(author);
    const after = await syncAuthor(signed(author), () => false);
    expect(after).toMatch(/#pst_/);
    expect(new Set(await names(author))).toEqual(new Set(["Maya", "Maya Lind"]));
    expect(await syncAuthor(signed(author), hasTime, after)).toBeUndefined();
    expect(new Set(await names(author))).toEqual(new Set(["Maya Lind"]));
  });
});
