import type { Page } from "@playwright/test";
import { enter, expect, test } from "../fixtures.ts";
import { TodoPage } from "./todo-page.ts";

test.beforeEach(async ({ page, mailbox, person }) => {
  await enter(page, mailbox, person);
  await new TodoPage(page).add("Book the train");
});

const details = (page: Page) => page.getByRole("dialog", { name: "Details" });

/** Returns the date `days` after the browser's today, such as `2026-11-27`. */
const dayFrom = (page: Page, days: number) =>
  page.evaluate((distance) => {
    const day = new Date();
    day.setDate(day.getDate() + distance);
    const pad = (number: number) => String(number).padStart(2, "0");
    return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
  }, days);

test("notes are saved automatically", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.openMenu("Book the train", "Details");
  await details(page).getByLabel("Notes").fill("Window seat.\nNot the quiet coach.");
  await page.keyboard.press("Escape");
  await expect(todos.items.getByRole("img", { name: "Has notes" })).toBeVisible();
  await todos.saved();
  await page.reload();
  await todos.openMenu("Book the train", "Details");
  await expect(details(page).getByLabel("Notes")).toHaveValue("Window seat.\nNot the quiet coach.");
});

test("notes survive an immediate reload", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.openMenu("Book the train", "Details");
  await details(page).getByLabel("Notes").fill("Ask Ada first");
  await page.reload();
  await todos.openMenu("Book the train", "Details");
  await expect(details(page).getByLabel("Notes")).toHaveValue("Ask Ada first");
});

test("the title can be changed, but not emptied", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.openMenu("Book the train", "Details");
  const title = details(page).getByLabel("Title");
  await title.fill("");
  await expect(title).toHaveAttribute("aria-invalid", "true");
  await title.fill("Book the night train");
  await details(page).getByRole("button", { name: "Done" }).click();
  await todos.expectKept("Book the night train");
});

test("a due date is shown in the row, with names for near dates", async ({ page }) => {
  const todos = new TodoPage(page);
  const due = todos.items.getByTestId("todo-due");
  await todos.openMenu("Book the train", "Details");
  await details(page).getByRole("button", { name: "Tomorrow" }).click();
  await expect(details(page).getByLabel("Due date")).toHaveValue(await dayFrom(page, 1));
  await details(page).getByRole("button", { name: "Done" }).click();
  await expect(due).toContainText("Due Tomorrow");
  await todos.saved();
  await page.reload();
  await expect(due).toContainText("Due Tomorrow");
  await todos.openMenu("Book the train", "Details");
  await details(page).getByRole("button", { name: "No date" }).click();
  await page.keyboard.press("Escape");
  await expect(due).toHaveCount(0);
});

test("an overdue date says so until the todo is completed", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.openMenu("Book the train", "Details");
  await details(page)
    .getByLabel("Due date")
    .fill(await dayFrom(page, -1));
  await page.keyboard.press("Escape");
  await expect(todos.items.getByTestId("todo-due")).toContainText("Overdue since Yesterday");
  await todos.checkbox("Book the train").check();
  await expect(todos.items.getByTestId("todo-due")).toContainText("Due Yesterday");
});

test.describe("with another locale and time zone", () => {
  test.use({ locale: "de-DE", timezoneId: "Pacific/Kiritimati" });

  test("dates use the user's locale and calendar", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.openMenu("Book the train", "Details");
    await details(page).getByLabel("Due date").fill("2031-03-09");
    await page.keyboard.press("Escape");
    await expect(todos.items.getByTestId("todo-due")).toContainText("9. März 2031");
    await todos.openMenu("Book the train", "Details");
    await details(page).getByRole("button", { name: "Today" }).click();
    await expect(details(page).getByLabel("Due date")).toHaveValue(await dayFrom(page, 0));
  });
});

test("the details show when a todo was created and completed", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.checkbox("Book the train").check();
  await todos.saved();
  await todos.openMenu("Book the train", "Details");
  await expect(details(page).getByText("Created")).toBeVisible();
  await expect(details(page).getByText("Completed")).toBeVisible();
});

test("the menu moves and deletes a todo", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.add("Pack");
  await todos.openMenu("Pack", "Move up");
  await expect(todos.titles).toHaveText(["Pack", "Book the train"]);
  await todos.openMenu("Pack", "Delete");
  await expect(todos.titles).toHaveText(["Book the train"]);
  await todos.toast("Pack").getByRole("button", { name: "Undo" }).click();
  await expect(todos.titles).toHaveText(["Pack", "Book the train"]);
});

test("the menu opens again while it is still closing", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.add("Pack");
  await page.evaluate(() =>
    document.addEventListener("animationstart", ({ animationName, target }) => {
      if (animationName !== "over-fade" || !(target instanceof Element)) return;
      for (const animation of target.getAnimations()) animation.pause();
    }),
  );
  await todos.openMenu("Pack", "Move up");
  await expect(page.getByRole("menu")).toHaveAttribute("data-state", "closed");
  await todos.openMenu("Pack", "Delete");
  await expect(todos.titles).toHaveText(["Book the train"]);
});

test.describe("on a touch screen", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test("a tap on a todo opens its details", async ({ page }) => {
    await new TodoPage(page).titles.first().tap();
    await expect(details(page)).toBeVisible();
  });
});
