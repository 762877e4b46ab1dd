import { Tag } from "@daybook/core/published/published-post";
import { JsonFeed, validFeed } from "./feed-rules.ts";
import { expect, test } from "./fixtures.ts";

const files = { rss: "feed.xml", atom: "atom.xml", json: "feed.json" } as const;
/** Characters that are special or not allowed in XML or JSON. */
const title = `Ink & <paper> "quoted" ]]> \u{1f58b} \ufffe`;
/** The API stores titles without noncharacters and trimmed. */
const shownTitle = title.replace("\ufffe", "").trim();
const body = `Words with **weight** & <b>a tag</b>, [there](/todos) and [below](#section-part).\n\n## Part\n\n\`\`\`ts\nlet a = "<&>";\n\`\`\``;

test.beforeEach(async ({ author }) => {
  const tags = [Tag.parse(author.handle)];
  await author.publish({ title, body, tags, excerpt: "A & B" });
  await author.publish({ title: "Second", body: "Plain.", tags });
});

const places = (handle: string) => ["", `/@${handle}`, `/tags/${handle}`];

test("RSS and Atom feeds of the site, an author and a tag are valid and contain the full text", async ({
  request,
  author,
}) => {
  for (const place of places(author.handle)) {
    for (const [kind, entry, content] of [
      ["rss", "//item/title", "//content:encoded"],
      ["atom", "//a:entry/a:title", "//a:entry/a:content"],
    ] as const) {
      const url = `${place}/${files[kind]}`;
      await expect
        .poll(async () => (await request.get(url)).text(), { timeout: 20_000 })
        .toContain("Ink &amp; &lt;paper&gt;");
      const answer = await request.get(url);
      expect(answer.headers()["content-type"]).toBe(`application/${kind}+xml; charset=utf-8`);
      const feed = validFeed(kind, await answer.text());
      expect(feed.texts(entry), url).toEqual(expect.arrayContaining([shownTitle, "Second"]));
      const html = feed.texts(content).find((each) => each.includes("weight")) ?? "";
      expect(html).toContain("<strong>weight</strong> &#x26; &#x3C;b>a tag");
      expect(html).toMatch(/<a href="https?:\/\/[^/]+\/todos">/);
      expect(html).not.toMatch(/class=|style=|aria-hidden/);
    }
  }
});

test("JSON feeds of the site, an author and a tag are valid", async ({ request, author }) => {
  for (const place of places(author.handle)) {
    const url = `${place}/${files.json}`;
    await expect.poll(async () => (await request.get(url)).text(), { timeout: 20_000 }).toContain("Ink & <paper>");
    const answer = await request.get(url);
    expect(answer.headers()["content-type"]).toBe("application/feed+json; charset=utf-8");
    const feed = JsonFeed.parse(await answer.json());
    expect(new Set(feed.items.map(({ id }) => id)).size).toBe(feed.items.length);
    expect(feed.items.map((item) => item.title)).toEqual(expect.arrayContaining([shownTitle, "Second"]));
  }
});

test("feeds return 304 if they have not changed", async ({ request, author }) => {
  for (const file of Object.values(files)) {
    const url = `/@${author.handle}/${file}`;
    await expect.poll(async () => (await request.get(url)).text(), { timeout: 20_000 }).toContain("Second");
    const { etag = "", "last-modified": changed = "", "cache-control": control } = (await request.get(url)).headers();
    expect(control).toMatch(/max-age=0.*s-maxage/);
    for (const headers of [{ "if-none-match": etag }, { "if-modified-since": changed }] as Record<string, string>[]) {
      // Once from the edge's copy, and once from the server, because the query bypasses that copy.
      for (const from of [url, `${url}?fresh=${crypto.randomUUID()}`]) {
        const answer = await request.get(from, { headers });
        expect(answer.status(), `${from} ${JSON.stringify(headers)}`).toBe(304);
        expect(await answer.text()).toBe("");
      }
    }
    expect((await request.get(url, { headers: { "if-none-match": '"another"' } })).status()).toBe(200);
  }
});

test("an author without posts has a valid feed, and an unknown author has none", async ({ request, author }) => {
  for (const { id } of (await author.api.listMyPosts()).data) await author.api.deletePost({ params: { postId: id } });
  const url = `/@${author.handle}/atom.xml`;
  await expect.poll(async () => (await request.get(url)).text(), { timeout: 20_000 }).not.toContain("<entry>");
  validFeed("atom", await (await request.get(url)).text());
  expect((await request.get("/@nobody-at-all/atom.xml")).status()).toBe(404);
});

test("robots.txt and the sitemap list the public pages", async ({ request, author, baseURL }) => {
  const robots = await (await request.get("/robots.txt")).text();
  const index = /^Sitemap: (.+)$/m.exec(robots)?.[1] ?? "";
  expect(index).toBe(`${baseURL}/sitemap.xml`);
  const locations = async (url: string) =>
    [...(await (await request.get(url)).text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, place = ""]) => place);
  const month = new Date().toISOString().slice(0, 7);
  await expect.poll(() => locations(index), { timeout: 20_000 }).toContain(`${baseURL}/sitemap/${month}.xml`);
  const posts = await locations(`${baseURL}/sitemap/${month}.xml?fresh=${crypto.randomUUID()}`);
  expect(posts).toContain(`${baseURL}/@${author.handle}/second`);
  expect(posts).toContain(`${baseURL}/@${author.handle}`);
  expect(posts).toContain(`${baseURL}/archive/${month}`);
  expect(posts).toContain(`${baseURL}/tags/${author.handle}`);
  expect(await locations(`${baseURL}/sitemap/pages.xml`)).toContain(`${baseURL}/blog`);
});
