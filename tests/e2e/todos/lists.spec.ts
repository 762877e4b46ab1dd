import type { Page } from "@playwright/test";
import { enter, expect, test } from "../fixtures.ts";
import { expectWholeFocusRings } from "../focus-rings.ts";
import { TodoPage } from "./todo-page.ts";

test.beforeEach(({ page, mailbox, person }) => enter(page, mailbox, person));

const sidebar = (page: Page) => page.getByRole("navigation", { name: "Lists" });
const linkTo = (page: Page, name: string) => sidebar(page).getByRole("link", { name });
const heading = (page: Page) => page.getByRole("heading", { level: 1 });

async function create(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "New list" }).click();
  await page.getByRole("textbox", { name: "Name of the new list" }).fill(name);
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText(name);
}

test("a list is created in the sidebar, opens, and is kept", async ({ page }) => {
  const todos = new TodoPage(page);
  await create(page, "  Groceries ");
  await expect(heading(page)).toHaveText("Groceries");
  await expect(page).toHaveTitle(/^Groceries · /);
  await expect(todos.input).toBeFocused();
  await expect(page.getByText("Nothing in this list yet")).toBeVisible();
  await todos.add("Oat milk", "Bread");
  await todos.saved();
  await expect(page).toHaveURL(/\?list=lst_/);
  await page.reload();
  await expect(heading(page)).toHaveText("Groceries");
  await expect(todos.titles).toHaveText(["Oat milk", "Bread"]);
  await linkTo(page, "Inbox").click();
  await expect(todos.items).toHaveCount(0);
  await page.goBack();
  await expect(todos.titles).toHaveText(["Oat milk", "Bread"]);
});

test("an empty name and Escape create no list, and return the focus", async ({ page }) => {
  for (const key of ["Enter", "Escape"]) {
    await page.getByRole("button", { name: "New list" }).click();
    await page.getByRole("textbox", { name: "Name of the new list" }).press(key);
    await expect(page.getByRole("textbox", { name: "Name of the new list" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "New list" })).toBeFocused();
  }
  await expect(sidebar(page).getByRole("listitem")).toHaveCount(1);
});

test("each list shows its number of open todos", async ({ page }) => {
  const todos = new TodoPage(page);
  await create(page, "Garden");
  await todos.add("Prune the roses", "Sow beans", "Mend the fence");
  await expect(linkTo(page, "Garden")).toHaveAccessibleName("Garden 3 open items");
  await todos.checkbox("Sow beans").check();
  await expect(linkTo(page, "Garden")).toHaveAccessibleName("Garden 2 open items");
  await linkTo(page, "Inbox").click();
  await expect(linkTo(page, "Garden")).toHaveAccessibleName("Garden 2 open items");
  await expect(linkTo(page, "Inbox")).toHaveAccessibleName("Inbox");
});

test.describe("a list is renamed", () => {
  test("by a double click", async ({ page }) => {
    await create(page, "Grocries");
    await linkTo(page, "Grocries").dblclick();
    await page.getByRole("textbox", { name: "Name of the list" }).fill("Groceries");
    await page.keyboard.press("Enter");
    await expect(heading(page)).toHaveText("Groceries");
    await expect(linkTo(page, "Groceries")).toBeFocused();
    await new TodoPage(page).saved();
    await page.reload();
    await expect(heading(page)).toHaveText("Groceries");
  });

  test("by leaving the field, which keeps the focus elsewhere", async ({ page }) => {
    await create(page, "Grocries");
    await linkTo(page, "Grocries").dblclick();
    await page.getByRole("textbox", { name: "Name of the list" }).fill("Groceries");
    await new TodoPage(page).input.click();
    await expect(linkTo(page, "Groceries")).toBeVisible();
    await expect(new TodoPage(page).input).toBeFocused();
  });

  test("by F2, which Escape cancels", async ({ page }) => {
    await create(page, "Garden");
    await linkTo(page, "Garden").press("F2");
    await page.getByRole("textbox", { name: "Name of the list" }).fill("Yard");
    await page.keyboard.press("Escape");
    await expect(heading(page)).toHaveText("Garden");
  });

  test("by the menu beside its title", async ({ page }) => {
    await create(page, "Garden");
    await page.getByRole("main").getByRole("button", { name: "More for the list Garden" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByRole("dialog").getByRole("textbox").fill("Yard");
    await page.keyboard.press("Enter");
    await expect(heading(page)).toHaveText("Yard");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

test("deleting a list opens the inbox, and undoing restores the list with its todos", async ({ page }) => {
  const todos = new TodoPage(page);
  await create(page, "Garden");
  await todos.add("Sow beans");
  await todos.saved();
  await sidebar(page).getByRole("button", { name: "More for the list Garden" }).click();
  await page.getByRole("menuitem", { name: "Delete list" }).click();
  await expect(heading(page)).toHaveText("Inbox");
  await expect(linkTo(page, "Garden")).toHaveCount(0);
  await todos.toast("Garden").getByRole("button", { name: "Undo" }).click();
  await expect(heading(page)).toHaveText("Garden");
  await expect(todos.titles).toHaveText(["Sow beans"]);

  await linkTo(page, "Garden").press("Delete");
  await todos.toast("Garden").getByRole("button", { name: "Dismiss" }).click();
  await todos.saved();
  await page.reload();
  await expect(linkTo(page, "Inbox")).toBeVisible();
  await expect(linkTo(page, "Garden")).toHaveCount(0);
});

test("the inbox has no menu and cannot be deleted", async ({ page }) => {
  await expect(sidebar(page).getByRole("button", { name: "More for" })).toHaveCount(0);
  await linkTo(page, "Inbox").press("Delete");
  await expect(linkTo(page, "Inbox")).toBeVisible();
});

test("an unknown list says so and links to the inbox", async ({ page }) => {
  await page.goto("/todos?list=lst_01KAGS0000000000000000000");
  await expect(heading(page)).toHaveText("There is no such list");
  await page.getByRole("link", { name: "Go to the inbox" }).click();
  await expect(heading(page)).toHaveText("Inbox");
});

test("the arrow keys move between lists", async ({ page }) => {
  await create(page, "First");
  await create(page, "Second");
  await linkTo(page, "Inbox").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(linkTo(page, "Second")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("First");
});

test("many lists and long names fit the sidebar", async ({ page }) => {
  const name = "Whatever else there is to be done before the first of May ".repeat(2).slice(0, 100).trim();
  await create(page, name);
  await page.evaluate(async (count) => {
    const { accessToken } = await (await fetch("/v1/session/refresh", { method: "POST" })).json();
    const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
    for (let number = 1; number <= count; number += 1)
      await fetch("/v1/lists", { method: "POST", headers, body: JSON.stringify({ name: `List ${number}` }) });
  }, 90);
  await new TodoPage(page).saved();
  await page.reload();
  await expect(sidebar(page).getByRole("listitem")).toHaveCount(92);
  await linkTo(page, "List 90").click();
  await expect(heading(page)).toHaveText("List 90");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test("on a phone, the lists are in a drawer that closes when a list is chosen", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(sidebar(page)).toBeHidden();
  await page.getByRole("button", { name: "Open the menu" }).click();
  await create(page, "Groceries");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: "Open the menu" }).click();
  await page.evaluate(() =>
    document.addEventListener("animationend", ({ animationName }) => {
      document.documentElement.dataset.ended = `${document.documentElement.dataset.ended ?? ""} ${animationName}`;
    }),
  );
  await expectWholeFocusRings(page);
  await page.getByRole("dialog").getByRole("link", { name: "Inbox" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-ended", /over-slide-out/);
  await expect(heading(page)).toHaveText("Inbox");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
