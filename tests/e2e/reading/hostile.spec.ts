import { Tag } from "@daybook/core/published/published-post";
import { newReader } from "./author.ts";
import { expect, test } from "./fixtures.ts";

/** 12,500 elements, more than a page shows: the text is shown as written. */
const marks = "*_".repeat(25_000);
/** 3,000 columns and 20,000 rows. Markdown pads the short rows to the width of the header. */
const table = `|${"a|".repeat(3_000)}\n|${"-|".repeat(3_000)}\n${"|\n".repeat(20_000)}`;

test("posts and comments that are expensive to render leave feeds and pages readable", async ({
  request,
  author,
  baseURL,
  mailbox,
}) => {
  test.slow();
  const tags = [Tag.parse(author.handle)];
  const good = await author.publish({ title: "Gardens", body: "All is **well**.", tags });
  const hostile = [
    await author.publish({ title: "Marks", body: marks, tags }),
    await author.publish({ title: "Cells", body: table, tags }),
  ];

  // Uses several readers, because each may write only five comments per minute.
  for (let reader = 0; reader < 6; reader += 1) {
    const { createComment } = await newReader({ baseURL: baseURL ?? "", mailbox });
    for (let count = 0; count < 5; count += 1) {
      await createComment({ params: { postId: good.id }, body: { body: "*_".repeat(1_000) } });
    }
  }

  const readOnce = async (path: string, contains: string | RegExp) => {
    const answer = await request.get(path);
    return answer.status() === 200 && (await answer.text()).search(contains) !== -1;
  };
  for (const place of ["", `/@${author.handle}`, `/tags/${author.handle}`]) {
    for (const file of ["feed.xml", "atom.xml", "feed.json"]) {
      const path = `${place}/${file}`;
      // The text of the normal post is complete, as HTML escaped for XML or JSON.
      await expect.poll(() => readOnce(path, /strong(&gt;|>)well/), { message: path, timeout: 20_000 }).toBe(true);
      await expect.poll(() => readOnce(path, /pre(&gt;|>)\*_/), { message: path, timeout: 20_000 }).toBe(true);
    }
  }
  for (const post of hostile) {
    const { pathname } = new URL(post.page ?? "");
    await expect
      .poll(() => readOnce(pathname, /<pre[^>]*>(\*_|\|)/), { message: pathname, timeout: 20_000 })
      .toBe(true);
  }
  for (const path of ["/blog", `/@${author.handle}`, `/tags/${author.handle}`]) {
    expect((await request.get(path)).status(), path).toBe(200);
  }
  const { pathname } = new URL(good.page ?? "");
  const shownComments = async () =>
    ((await (await request.get(pathname)).text()).match(/id="comment-cmt_/g) ?? []).length;
  await expect.poll(shownComments, { timeout: 20_000 }).toBe(30);
});
