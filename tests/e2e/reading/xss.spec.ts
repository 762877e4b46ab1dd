import type { BrowserContext, Page } from "@playwright/test";
import { type Author, newReader } from "./author.ts";
import { expect, square, test } from "./fixtures.ts";
import { payloads } from "./xss.payloads.ts";

/** The elements that a text may contain. `span` is for code and pictures, `div` for tables. */
const allowed = {
  article:
    /^(a|blockquote|br|code|del|div|em|figcaption|figure|h[2-6]|hr|img|input|li|ol|p|picture|pre|section|source|span|strong|sup|table|tbody|td|th|thead|tr|ul)$/,
  comment: /^(a|blockquote|br|code|del|em|input|li|ol|p|pre|strong|ul)$/,
};
const allowedAttributes =
  /^(href|rel|title|dir|id|class|aria-hidden|aria-label|aria-describedby|tabindex|role|type|checked|disabled|align|start|data-footnote-ref|data-footnote-backref|data-footnotes|data-language|src|srcset|sizes|alt|width|height|loading|decoding|fetchpriority)$/;

/** Returns all elements of the texts on a page, with their attributes. */
const elementsIn = (page: Page) =>
  page.locator(".prose").evaluateAll((texts) =>
    texts.flatMap((text) =>
      [...text.querySelectorAll("*")].map((each) => ({
        name: each.localName,
        attributes: [...each.attributes].map(({ name, value }) => [name, value] as const),
      })),
    ),
  );

/**
 * Records everything that a script could do first: a dialog, a call of the canary function, a request to another host.
 */
async function watch(context: BrowserContext, host: string): Promise<string[]> {
  const seen: string[] = [];
  await context.exposeFunction("ran", () => seen.push("a script ran"));
  context.on("dialog", (dialog) => {
    seen.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.host !== host && url.protocol !== "data:") seen.push(`a request to ${url.href}`);
  });
  return seen;
}

async function expectHarmless(page: Page, profile: keyof typeof allowed): Promise<void> {
  await page.waitForLoadState("networkidle");
  // Checks each element, and dispatches the events that a handler would wait for.
  const found = await elementsIn(page);
  expect(found.length).toBeGreaterThan(payloads.length / 2);
  for (const { name, attributes } of found) {
    expect(name).toMatch(allowed[profile]);
    for (const [attribute, value] of attributes) {
      expect(attribute, `of ${name}`).toMatch(allowedAttributes);
      if (attribute === "href") expect(value).toMatch(/^(https?:|mailto:|[^:]*$|[#/.][^\n]*$)/);
      if (attribute === "id") expect(value).toMatch(/^(section|note)-|^footnote-label$/);
      if (attribute === "src") expect(value).toMatch(/^(\/media\/|data:image\/webp;base64,)/);
    }
  }
  await page.locator(".prose *").evaluateAll((elements) => {
    for (const each of elements)
      for (const type of ["mouseover", "focus", "load", "error", "toggle"]) each.dispatchEvent(new Event(type));
  });
  const links = await page.locator(".prose a").evaluateAll((all) => all.map((each) => Reflect.get(each, "protocol")));
  // An invalid URL has no protocol and leads nowhere.
  expect([...new Set(links)].filter((protocol) => !/^(https?|mailto)?:$/.test(String(protocol)))).toEqual([]);
}

async function publish(author: Author, title: string, body: string): Promise<string> {
  return new URL((await author.publish({ title, body })).page ?? "").pathname;
}

test("there are at least 100 payloads", () => {
  expect(new Set(payloads).size).toBeGreaterThanOrEqual(100);
});

test("no text of a post runs a script, sends a request or adds a forbidden element", async ({
  page,
  context,
  author,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const seen = await watch(context, new URL(baseURL ?? "").host);
  // All payloads together, because one may open what another closes; then in parts, because one may break another.
  const { id } = await author.upload(await square(), "image/png");
  const texts = payloads.map((payload) => payload.replaceAll("PICTURE", id));
  const parts = Array.from({ length: 8 }, (_, part) => texts.filter((_, index) => index % 8 === part));
  for (const some of [texts, ...parts]) {
    const place = await publish(author, "Harmless", some.join("\n\n"));
    await page.goto(place);
    await page.waitForLoadState("networkidle");
    if (some === texts) await expectHarmless(page, "article");
    else expect((await elementsIn(page)).every(({ name }) => allowed.article.test(name))).toBe(true);
  }
  expect(seen).toEqual([]);
});

test("no name, bio, title or excerpt runs a script", async ({ page, context, author, baseURL }) => {
  const seen = await watch(context, new URL(baseURL ?? "").host);
  const word = `"'></title></script><script>ran(1)</script><img src=x onerror=ran(1)>{{ran(1)}}`;
  await author.api.updateMe({ body: { name: word.slice(0, 100), bio: word } });
  const place = await publish(author, word, word);
  const again = (
    await author.publish({
      title: word,
      body: word,
      excerpt: word,
      canonicalUrl: `https://example.com/?"><script>ran(1)</script>`,
    })
  ).page;
  for (const url of [place, again ?? "", `/@${author.handle}`, "/blog", "/archive"]) {
    await page.goto(url);
    await page.waitForLoadState("networkidle");
    await expect(page.locator("img[src=x]")).toHaveCount(0);
    expect(
      await page
        .locator("script:not([src])")
        .evaluateAll((all) => all.filter((each) => each.textContent?.startsWith("ran")).length),
    ).toBe(0);
  }
  expect(seen).toEqual([]);
});

/** Joins payloads into as few comments as fit the length limit. Each comment starts with its number. */
function asComments(texts: readonly string[]): string[] {
  const comments: string[] = [];
  for (const each of texts) {
    const last = comments.at(-1);
    if (last !== undefined && last.length + each.length < 1_900) comments[comments.length - 1] = `${last}\n\n${each}`;
    else comments.push(`Comment number ${comments.length}.\n\n${each}`);
  }
  return comments;
}

test("no text of a comment runs a script", async ({ page, context, author, request, baseURL, mailbox }) => {
  test.setTimeout(180_000);
  const seen = await watch(context, new URL(baseURL ?? "").host);
  const post = await author.publish({ title: "Harmless", body: "Words.", comments: "open" });
  const place = new URL(post.page ?? "").pathname;
  const texts = payloads.filter((text) => text.length < 1_900);
  expect(texts.length).toBeGreaterThanOrEqual(100);
  const comments = asComments(texts);
  // Uses a new reader for every five comments, because of the rate limit.
  for (let at = 0; at < comments.length; at += 5) {
    const reader = await newReader({ baseURL: baseURL ?? "", mailbox });
    for (const body of comments.slice(at, at + 5))
      await reader.createComment({ params: { postId: post.id }, body: { body } });
  }
  await expect
    .poll(async () => (await request.get(place)).text(), { timeout: 30_000 })
    .toContain(`Comment number ${comments.length - 1}.`);
  await page.goto(place);
  await expectHarmless(page, "comment");
  // Scrolling near the comments makes the browser render them again.
  await page.getByRole("contentinfo").scrollIntoViewIfNeeded();
  await expectHarmless(page, "comment");
  expect(seen).toEqual([]);
});
