import { forgetDemo, noteDemo } from "../../scripts/lib/demo.ts";
import { expectNoBarriers } from "./accessibility.ts";
import { expect, placesOf, signUp, test } from "./fixtures.ts";

const bar = { name: "Local mode" };
const dataFolder = () => process.env.DAYBOOK_TEST_DATA ?? "";

test.describe("the bar of local mode", () => {
  test("links to the mailbox, and does not move the page's content", async ({ page, mailbox }) => {
    const everything = ":is(header, main, footer) *";
    await page.goto("/sign-in");
    await page.evaluate(() => localStorage.setItem("daybook.local-bar", "hidden"));
    await page.reload({ waitUntil: "networkidle" });
    await expect(page.getByRole("complementary", bar)).toHaveCount(0);
    const without = await placesOf(page, everything);
    await page.evaluate(() => localStorage.clear());
    await page.reload({ waitUntil: "networkidle" });
    const local = page.getByRole("complementary", bar);
    await expect(local.getByRole("link", { name: "Mailbox" })).toHaveAttribute("href", mailbox);
    await expect(local.getByText("npm run seed")).toBeVisible();
    expect(without).not.toEqual([]);
    expect(await placesOf(page, everything)).toEqual(without);
    await expectNoBarriers(page, { part: "aside" });
  });

  test("never covers the focused element, down to the end of the page", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 500 });
    await page.goto("/sign-up");
    await expect(page.getByRole("complementary", bar)).toBeVisible();
    const links = page.locator("main, footer").locator("a, button, input");
    for (const link of await links.all()) {
      await link.focus();
      const covered = await link.evaluate((element) => {
        const { bottom } = element.getBoundingClientRect();
        return bottom > (document.querySelector("aside")?.getBoundingClientRect().top ?? Infinity);
      });
      expect(covered, String(await link.textContent())).toBe(false);
    }
  });

  test("stays hidden once it was dismissed", async ({ page }) => {
    await page.goto("/sign-in");
    const local = page.getByRole("complementary", bar);
    await local.getByRole("button", { name: "Hide this bar" }).click();
    await expect(local).toBeHidden();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.reload();
    await page.waitForLoadState("networkidle");
    await expect(local).toBeHidden();
    expect(asked).not.toContain("/__local");
  });

  test("signs in to the demo account", async ({ browser, page, baseURL, mailbox, person }) => {
    // Creates the account in another browser context.
    const elsewhere = await browser.newPage(baseURL === undefined ? {} : { baseURL });
    await signUp(elsewhere, mailbox, person);
    await elsewhere.context().close();
    noteDemo(dataFolder(), person);
    try {
      await page.goto("/");
      const local = page.getByRole("complementary", bar);
      await expect(local.getByText(person.email)).toBeVisible();
      await local.getByRole("button", { name: "Open the demo account" }).click();
      await expect(page.getByPlaceholder("What needs to be done?")).toBeVisible();
      await expect(local.getByRole("button", { name: "Open the demo account" })).toBeHidden();
    } finally {
      forgetDemo(dataFolder());
    }
  });

  test("is not shown where no local cloud answers", async ({ page }) => {
    await page.route("**/__local", (route) => route.fulfill({ status: 404, contentType: "text/html", body: "<p>" }));
    const told = page.waitForResponse((response) => response.url().endsWith("/__local"));
    await page.goto("/sign-in");
    await told;
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
    await expect(page.getByRole("complementary", bar)).toBeHidden();
  });
});
