import type { Page } from "@playwright/test";
import { expectNoBarriers } from "./accessibility.ts";
import { expect, test } from "./fixtures.ts";

const background = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const light = "rgb(250, 246, 236)";
const dark = "rgb(19, 24, 21)";
const theme = (page: Page, name: string) => page.getByRole("group", { name: "Theme" }).getByText(name);
const toast = (page: Page) => page.getByTestId("toast");

/** Opens the page and waits for hydration, which makes the theme choice visible. */
async function open(page: Page) {
  await page.goto("/design");
  await expect(page.getByRole("group", { name: "Theme" })).toBeVisible();
}

test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" }));

test("every component in every state is accessible in both themes", async ({ page }) => {
  await open(page);
  await expect(page.getByRole("figure", { name: "Dark" }).first()).toHaveCSS("background-color", dark);
  await expect(page.getByRole("listitem").filter({ hasText: "Secondary text" }).first()).toContainText(/\d\.\d/);
  await expectNoBarriers(page);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test("a chosen theme applies to all tabs and to later visits, without a flash", async ({ page, context }) => {
  await open(page);
  expect(await background(page)).toBe(light);
  const other = await context.newPage();
  await other.emulateMedia({ colorScheme: "light" });
  await other.goto("/");
  await theme(page, "Dark").click();
  await expect.poll(() => background(page)).toBe(dark);
  await expect.poll(() => background(other)).toBe(dark);

  // Blocks the app's scripts, to check that the theme is set before they run.
  await context.route("**/_next/static/chunks/*.js", (route) => route.abort());
  await page.reload();
  expect(await background(page)).toBe(dark);
  await context.unroute("**/_next/static/chunks/*.js");
  await page.reload();
  await theme(page, "System").click();
  await expect.poll(() => background(page)).toBe(light);
});

test("a theme that is chosen while another tab loads applies to that tab", async ({ page, context }) => {
  await open(page);
  const other = await context.newPage();
  await other.emulateMedia({ colorScheme: "light" });
  const chosen = Promise.withResolvers<void>();
  await other.route("**/_next/static/chunks/*.js", async (route) => {
    await chosen.promise;
    await route.continue();
  });
  await other.goto("/", { waitUntil: "commit" });
  await expect(other.getByRole("heading", { level: 1 })).toBeVisible();
  await theme(page, "Dark").click();
  await expect.poll(() => background(page)).toBe(dark);
  chosen.resolve();
  await expect.poll(() => background(other)).toBe(dark);
});

test("a dialog traps the focus, has an accessible name, and returns the focus", async ({ page }) => {
  await open(page);
  const opener = page.getByRole("button", { name: "Open a dialog" });
  await opener.click();
  const dialog = page.getByRole("dialog", { name: "Rename the list" });
  await expect(dialog).toHaveAccessibleDescription("Everyone who shares it sees the new name.");
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press("Tab");
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await expectNoBarriers(page, { part: "[role=dialog]" });
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test("a link in a drawer closes it", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Open a drawer" }).click();
  const drawer = page.getByRole("dialog", { name: "Lists" });
  await drawer.getByRole("link", { name: "Garden" }).click();
  await expect(drawer).toBeHidden();
});

test("a menu can be used with the keyboard", async ({ page }) => {
  await open(page);
  const opener = page.getByRole("button", { name: "Open a menu" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
  await expectNoBarriers(page, { part: "[role=menu]" });
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(toast(page)).toContainText("was deleted");
});

test.describe("a toast", () => {
  test.beforeEach(async ({ page }) => {
    await page.clock.install();
    await open(page);
    await page.getByRole("button", { name: "Show a toast" }).click();
    await expect(toast(page)).toBeVisible();
  });

  test("is announced, and disappears after its time", async ({ page }) => {
    await expect(page.getByRole("region", { name: "Notifications" })).toHaveAttribute("aria-live", "polite");
    await page.clock.runFor(9_000);
    await expect(toast(page)).toHaveCount(0);
  });

  test("does not disappear while it is hovered or focused", async ({ page }) => {
    await toast(page).hover();
    await page.clock.runFor(30_000);
    await expect(toast(page)).toBeVisible();
    await toast(page).getByRole("button", { name: "Undo" }).focus();
    await page.mouse.move(0, 0);
    await page.clock.runFor(30_000);
    await expect(toast(page)).toBeVisible();
  });

  test("is undone by its button and by Ctrl+Z, except in a text field", async ({ page }) => {
    await page.getByLabel("Password", { exact: true }).first().focus();
    await page.keyboard.press("Control+z");
    await expect(toast(page)).toContainText("was deleted");
    await page.getByRole("button", { name: "Show a toast" }).focus();
    await page.keyboard.press("Control+z");
    await expect(toast(page)).toHaveText(/Restored/);
    await page.getByRole("button", { name: "Show a toast" }).click();
    await toast(page).getByRole("button", { name: "Undo" }).press("Enter");
    await expect(toast(page).getByText("Restored")).toHaveCount(2);
    await expect(page.getByRole("button", { name: "Show a toast" })).toBeFocused();
  });
});

test("a lasting toast stays until it is dismissed", async ({ page }) => {
  await page.clock.install();
  await open(page);
  await page.getByRole("button", { name: "Show an error toast" }).click();
  await page.clock.runFor(60_000);
  await toast(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(toast(page)).toHaveCount(0);
});

test("a password can be shown, and a code can be pasted with separators", async ({ page }) => {
  await open(page);
  const password = page.getByLabel("Password", { exact: true }).first();
  await password.fill("correct horse");
  await page.getByRole("button", { name: "Show password" }).first().click();
  await expect(password).toHaveAttribute("type", "text");
  const code = page.getByLabel("Confirmation code").first();
  await code.focus();
  await code.evaluate(
    (input: HTMLInputElement) => document.execCommand("insertText", false, " 123-456 ") && input.value,
  );
  await expect(code).toHaveValue("123456");
});

test("the first tab stop skips to the content", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});
