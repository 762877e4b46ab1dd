import { signUp } from "../fixtures.ts";
import { expectWithin, needsBuild, type Weight } from "../weigh.ts";
import { test } from "./fixtures.ts";

/** The editor and the preview are loaded when the first post is opened. */
const deskBudget: Weight = { js: 56, css: 14, fonts: 110, html: 6 };

/** The budget of the blog's pages, which need no JavaScript and load hardly any. */
const readingBudget: Weight = { js: 10, css: 14, fonts: 170, html: 12 };

test.describe("the first load, above the framework's floor", () => {
  needsBuild();

  test("of the writing desk stays within its budget", async ({ page, context, browser, baseURL, mailbox, person }) => {
    await signUp(page, mailbox, person);
    await expectWithin("writing desk", "/write", deskBudget, { browser, context, baseURL });
  });

  // Long enough that the comments at the end do not load.
  const long = `## Words\n\nand \`code\`.\n\n${"A paragraph that takes some lines of the page. ".repeat(20).concat("\n\n").repeat(30)}`;
  test("of the blog and a post stays within the budget", async ({ context, browser, baseURL, author }) => {
    const { page: address } = await author.publish({ title: "A post", body: long });
    for (const [name, url] of [
      ["blog", "/blog"],
      ["post", new URL(address ?? "").pathname],
    ] as const)
      await expectWithin(name, url, readingBudget, { browser, context, baseURL });
  });
});
