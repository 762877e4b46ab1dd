import { createHash } from "node:crypto";
import { Slug, Tag } from "@daybook/core/published/published-post";
import type { APIRequestContext, Page } from "@playwright/test";
import { expectNoBarriers } from "../accessibility.ts";
import { expect, square, test, visibleWithin } from "./fixtures.ts";

const deployed = process.env.DAYBOOK_TEST_DATA !== undefined;
const path = (address: string | null) => new URL(address ?? "").pathname;
const tag = (name: string) => Tag.parse(name);

/** Waits until readers see a change through the edge. @returns the elapsed milliseconds */
async function untilRead(request: APIRequestContext, url: string, isSeen: (html: string, status: number) => boolean) {
  const start = performance.now();
  await expect
    .poll(
      async () => {
        const response = await request.get(url, { maxRedirects: 0 });
        return isSeen(await response.text(), response.status());
      },
      { timeout: 20_000, intervals: [50] },
    )
    .toBe(true);
  return performance.now() - start;
}

const article = [
  "It begins here[^why].",
  "## First part\n\nWords, [a link](https://example.com/there) and `code`.",
  "```ts\nconst answer: number = 42; // why not, and a line that is longer than any screen of a phone could ever be\n```",
  "## Second part\n\n| left | right |\n| - | -: |\n| a | 1 |",
  "### Below it\n\n> Said by somebody.\n\n- [x] done",
  '## Third part\n\n![A red square](media:PICTURE "Red")',
  "[^why]: Because.",
].join("\n\n");

test.describe("a change", () => {
  test.skip(!deployed, "the development server keeps no pages");

  test("is visible through the edge within five seconds, on all affected pages", { tag: "@time" }, async ({
    request,
    author,
  }) => {
    const about = tag(`t${author.handle.slice(5)}`);
    const places = ["/blog", `/@${author.handle}`, `/tags/${about}`, "/feed.xml"];
    // Fills the edge cache with the pages before the change.
    for (const place of places) await request.get(place);
    const first = await author.publish({ title: `Morning ${author.handle}`, body: "Early words.", tags: [about] });
    const times = await Promise.all(
      [path(first.page), ...places].map((place) => untilRead(request, place, (html) => html.includes(first.title))),
    );
    process.stdout.write(`published to visible: ${times.map((ms) => `${Math.round(ms)} ms`).join(", ")}\n`);
    expect(Math.max(...times)).toBeLessThan(visibleWithin);

    await author.api.updatePost({ params: { postId: first.id }, body: { body: "Later words." } });
    await author.api.publishPost({ params: { postId: first.id }, body: {} });
    const again = await untilRead(request, path(first.page), (html) => html.includes("Later words."));
    await author.api.unpublishPost({ params: { postId: first.id } });
    const gone = await Promise.all([
      untilRead(request, path(first.page), (_, status) => status === 404),
      untilRead(request, `/@${author.handle}`, (html) => !html.includes(first.title)),
    ]);
    process.stdout.write(`changed: ${Math.round(again)} ms; taken back: ${gone.map(Math.round).join(", ")} ms\n`);
    expect(Math.max(again, ...gone)).toBeLessThan(visibleWithin);
  });

  test("of the slug redirects the old URL permanently to the new one", async ({ request, author }) => {
    const post = await author.publish({ title: "A first name" });
    const old = path(post.page);
    await untilRead(request, old, (_, status) => status === 200);
    await author.api.updatePost({ params: { postId: post.id }, body: { slug: Slug.parse("a-second-name") } });
    const moved = (await author.api.publishPost({ params: { postId: post.id }, body: {} })).data;
    expect(path(moved.page)).toBe(`/@${author.handle}/a-second-name`);
    await untilRead(request, old, (_, status) => status === 308);
    const answer = await request.get(old, { maxRedirects: 0 });
    expect(new URL(answer.headers().location ?? "", "http://x").pathname).toBe(path(moved.page));
  });

  test("is visible at once at a URL that was a 404 before", async ({ request, author }) => {
    const place = `/@${author.handle}/not-yet-there`;
    expect((await request.get(place)).status()).toBe(404);
    const { id } = (await author.api.createPost({ body: { title: "Not yet there", body: "Now it is.", slug: null } }))
      .data;
    await author.api.publishPost({ params: { postId: id }, body: {} });
    expect(await untilRead(request, place, (html) => html.includes("Now it is."))).toBeLessThan(visibleWithin);
  });
});

test("unknown and malformed URLs return 404 and are not cached", async ({ request, author }) => {
  const places = [
    `/@${author.handle}/nothing`,
    "/@nobody-at-all",
    "/@x",
    "/@Nobody/at/all",
    "/tags/nothing-has-this",
    "/tags/Not%20A%20Tag",
    "/tags/%ff",
    "/archive/1999-01",
    "/archive/yesterday",
    "/archive/2026-01/2",
    "/blog/2",
    "/@nobody-at-all/feed.xml",
    "/sitemap/1999-01.xml",
    "/sitemap/nothing",
    "/feeds/nothing",
  ];
  for (const place of places) {
    const answer = await request.get(place);
    expect(answer.status(), place).toBe(404);
    expect(answer.headers()["cache-control"], place).toMatch(/no-store|must-revalidate/);
  }
});

test("only the event subscriber may invalidate pages", async ({ request }) => {
  const body = JSON.stringify({ tags: ["posts"] });
  const hash = createHash("sha256").update(body).digest("hex");
  for (const secret of ["", "wrong"]) {
    const headers = { "x-daybook-revalidation-secret": secret, "content-type": "application/json" };
    const signed = { ...headers, "x-amz-content-sha256": hash };
    expect((await request.post("/revalidate", { data: body, headers: signed })).status()).toBe(401);
    // Lambda function URLs reject a body without its hash.
    expect((await request.post("/revalidate", { data: body, headers })).status()).toBe(403);
  }
  expect((await request.get("/revalidate")).status()).toBe(405);
});

/** Publishes a post that uses every feature, and returns its path. */
async function fullPost(page: Page, author: Parameters<Parameters<typeof test>[2]>[0]["author"]): Promise<string> {
  const picture = await author.upload(await square(), "image/png");
  const post = await author.publish({
    title: "Everything that a post can have",
    body: article.replace("PICTURE", picture.id),
    tags: [tag("garden"), tag("été")],
    coverId: picture.id,
    coverAlt: "A red square, again",
  });
  await untilRead(page.request, path(post.page), (_, status) => status === 200);
  return path(post.page);
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a post is readable from the list to its last footnote", async ({ page, author }) => {
    const place = await fullPost(page, author);
    await page.goto(`/@${author.handle}`);
    await page.getByRole("link", { name: "Everything that a post can have" }).click();
    await expect(page).toHaveURL(place);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Everything that a post can have");
    await expect(page.locator("time").first()).toHaveAttribute("datetime", /^\d{4}-\d\d-\d\dT/);
    await expect(page.getByRole("img", { name: "A red square, again" })).toBeVisible();
    const picture = page.getByRole("img", { name: "A red square", exact: true });
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image) => Reflect.get(image, "naturalWidth"))).toBeGreaterThan(0);
    await page.locator("sup a").click();
    await expect(page.getByText("Because.")).toBeInViewport();
    await page.getByRole("link", { name: "Back to reference 1 of note 1" }).click();
    await expect(page.locator("pre")).toContainText("const answer");
    await page.getByRole("link", { name: "été" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Posts about été");
    await expect(page.getByRole("link", { name: "Everything that a post can have" }).first()).toBeVisible();
  });
});

for (const [width, height] of [
  [360, 740],
  [1440, 900],
] as const) {
  test(`pages are accessible and fit at ${width} px`, async ({ page, author, baseURL }) => {
    const hosts = new Set<string>();
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    await page.setViewportSize({ width, height });
    const post = await fullPost(page, author);
    for (const place of [post, "/blog", `/@${author.handle}`, "/archive", "/tags/garden"]) {
      await page.goto(place);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectNoBarriers(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), place).toBeLessThanOrEqual(width);
    }
    expect([...hosts]).toEqual([new URL(baseURL ?? "").host]);
  });
}

test("a post has metadata for search engines, social networks and feed readers", async ({ page, author, baseURL }) => {
  const place = await fullPost(page, author);
  await page.goto(place);
  const content = (selector: string) => page.locator(selector).first().getAttribute("content");
  await expect(page).toHaveTitle(/^Everything that a post can have · /);
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute("href", `${baseURL}${place}`);
  expect(await content('meta[property="og:type"]')).toBe("article");
  expect(await content('meta[name="description"]')).toMatch(/^It begins here/);
  const image = (await content('meta[property="og:image"]')) ?? "";
  expect(image).toMatch(new RegExp(`^${baseURL}/media/`));
  expect((await page.request.get(image)).headers()["content-type"]).toBe("image/jpeg");
  expect(await content('meta[property="og:image:width"]')).toBe("1200");
  expect(await content('meta[property="og:image:height"]')).toBe("630");
  expect(await content('meta[name="twitter:card"]')).toBe("summary_large_image");
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? "");
  expect(data["@graph"]).toMatchObject([
    { "@type": "BlogPosting", headline: "Everything that a post can have", author: { name: author.name } },
    { "@type": "BreadcrumbList", itemListElement: [{ position: 1 }, { position: 2 }, { position: 3 }] },
  ]);
  const feeds = await page
    .locator('link[rel="alternate"]')
    .evaluateAll((links) => links.map((link) => Reflect.get(link, "href")));
  expect(feeds).toHaveLength(6);
  for (const feed of feeds) expect((await page.request.get(feed)).status(), feed).toBe(200);
});

test("a text in Hebrew is laid out from right to left, also within an English site", async ({ page, author }) => {
  const body = "שלום, עולם!\n\nIn English.\n\n> ציטוט\n\n- אחד";
  const post = await author.publish({ title: "שלום לכולם", body, slug: Slug.parse("shalom") });
  await page.goto(path(post.page));
  const direction = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((e) => getComputedStyle(e).direction);
  for (const selector of ["h1", ".prose > p", ".prose > blockquote", ".prose > ul"])
    expect(await direction(selector), selector).toBe("rtl");
  expect(await direction(".prose > p:nth-of-type(2)")).toBe("ltr");
  await expect(page.locator(".prose > blockquote")).toHaveCSS("border-right-width", "2px");
  await expect(page.locator(".prose > blockquote")).toHaveCSS("border-left-width", "0px");
});

test("tags such as C++, C# and node.js have pages and feeds", async ({ page, request, author }) => {
  const names = ["c++", "c#", "node.js"];
  const post = await author.publish({ title: "Languages", tags: names.map(tag) });
  await page.goto(path(post.page));
  for (const name of names) {
    const link = page.getByRole("link", { name, exact: true });
    await expect(link).toHaveAttribute("href", `/tags/${encodeURIComponent(name)}`);
    const place = (await link.getAttribute("href")) ?? "";
    await untilRead(request, place, (html, status) => status === 200 && html.includes("Languages"));
    expect(await (await request.get(`${place}/feed.xml?fresh=${crypto.randomUUID()}`)).text()).toContain("Languages");
  }
});

test("a post that was first published elsewhere links to the original", async ({ page, author }) => {
  const canonicalUrl = "https://example.com/first";
  const post = await author.publish({ title: "Twice told", canonicalUrl });
  await page.goto(path(post.page));
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute("href", canonicalUrl);
  await expect(page.getByRole("link", { name: "example.com" })).toHaveAttribute("href", canonicalUrl);
});

test("the table of contents links to the sections and stays visible", async ({ page, author }) => {
  await page.setViewportSize({ width: 1440, height: 600 });
  await page.goto(await fullPost(page, author));
  const contents = page.getByRole("navigation", { name: "Contents" });
  await contents.getByRole("link", { name: "Third part" }).click();
  await expect(page).toHaveURL(/#section-third-part$/);
  await expect(page.getByRole("heading", { name: "Third part" })).toBeInViewport();
  await expect(contents).toBeInViewport();
});

test("a post prints as its text, in black on white", async ({ page, author }) => {
  await page.goto(await fullPost(page, author));
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Third part" })).toBeVisible();
  for (const role of ["banner", "contentinfo", "navigation", "button"] as const)
    for (const part of await page.getByRole(role).all()) await expect(part).toBeHidden();
  // A hidden element has no role, so this one is found by its id.
  await expect(page.locator("#comments")).toBeHidden();
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(255, 255, 255)");
  for (const text of ["body", ".prose p >> nth=0", "h1"])
    await expect(page.locator(text)).toHaveCSS("color", "rgb(0, 0, 0)");
});

test("the landing page links to the blog", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Blog" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/blog$/);
});
