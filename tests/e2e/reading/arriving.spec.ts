import type { Page } from "@playwright/test";
import { placesOf } from "../fixtures.ts";
import { expect, test } from "./fixtures.ts";

const body = ["One", "Two", "Three", "Four"].map((heading) => `## ${heading}\n\nWords, and more of them.`).join("\n\n");

/** Shifts below this many pixels are not counted. They come from a letter or mark that moved within its line. */
const unnoticed = 16;

/** Returns `count` prefixes of a page's HTML, each ending before a tag in the main part. */
function beginningsOf(html: string, count: number): string[] {
  const start = html.indexOf("<main");
  const part = (html.indexOf("</main>") - start) / (count + 1);
  return Array.from({ length: count }, (_, i) => html.slice(0, html.indexOf("<", start + part * (i + 1))));
}

const parts = "main :is(h1, h2, h3, p, li)";

test.describe("a partially loaded page does not shift while the rest loads", () => {
  // Without JavaScript, so that only HTML and style sheets determine the layout.
  test.use({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });

  async function expectSteady(page: Page, path: string) {
    let arrived = await (await page.request.get(path)).text();
    await page.route(`**${path}`, (route) => route.fulfill({ body: arrived, contentType: "text/html; charset=utf-8" }));
    await page.goto(path);
    const whole = await placesOf(page, parts);
    expect(whole).not.toEqual([]);
    for (const beginning of beginningsOf(arrived, 12)) {
      arrived = beginning;
      await page.goto(path);
      for (const [i, { x, y }] of (await placesOf(page, parts)).entries()) {
        const last = whole[i] ?? { x: 0, y: 0 };
        expect(Math.hypot(x - last.x, y - last.y), `${i} after ${beginning.slice(-200)}`).toBeLessThan(unnoticed);
      }
    }
  }

  for (const path of ["/", "/blog", "/sign-in"]) test(path, ({ page }) => expectSteady(page, path));

  test("a post and its author's page", async ({ page, author }) => {
    const post = await author.publish({ title: "In parts", body });
    const path = new URL(post.page ?? "").pathname;
    await expect.poll(async () => (await page.request.get(path)).status()).toBe(200);
    await expectSteady(page, path);
    await expectSteady(page, `/@${author.handle}`);
  });
});
