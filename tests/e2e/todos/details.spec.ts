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

test("Cancel takes back what was changed, saved or not", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.openMenu("Book the train", "Details");
  await details(page).getByLabel("Notes").fill("Window seat.");
  await details(page).getByRole("button", { name: "Tomorrow" }).click();
  // The dialog hides the text of the state from the accessibility tree.
  await expect(page.getByTestId("sync")).toHaveAttribute("data-state", "idle");
  await details(page).getByLabel("Title").fill("Book the night train");
  await details(page).getByRole("button", { name: "Cancel" }).click();
  await expect(details(page)).toHaveCount(0);
  await expect(todos.items.getByTestId("todo-due")).toHaveCount(0);
  await expect(todos.items.getByRole("img", { name: "Has notes" })).toHaveCount(0);
  await todos.expectKept("Book the train");
});

test("Done, Escape and a click elsewhere keep the changes", async ({ page }) => {
  const todos = new TodoPage(page);
  const endings = [
    () => details(page).getByRole("button", { name: "Done" }).click(),
    () => page.keyboard.press("Escape"),
    () => page.mouse.click(5, 5),
  ];
  for (const [number, end] of endings.entries()) {
    await todos.items.getByRole("button", { name: /More for/ }).click();
    await page.getByRole("menuitem", { name: "Details" }).click();
    await details(page).getByLabel("Title").fill(`Book train ${number}`);
    await end();
    await expect(details(page)).toHaveCount(0);
    await expect(todos.titles).toHaveText([`Book train ${number}`]);
  }
});

test("a click opens the details and keeps the focus in the row, and a double click edits the title", async ({
  page,
}) => {
  const todos = new TodoPage(page);
  await todos.titles.first().click();
  await expect(details(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(todos.checkbox("Book the train")).toBeFocused();
  const field = await todos.edit("Book the train");
  await expect(field).toBeFocused();
  await page.waitForFunction((start) => performance.now() - start > 500, await page.evaluate(() => performance.now()));
  await expect(details(page)).toHaveCount(0);
});

test("a long title is visible as a whole", async ({ page }) => {
  const todos = new TodoPage(page);
  const title = "Call Ada about the boat trip next weekend, and ask whether the small cabin has room for the dog";
  await todos.add(title);
  await todos.openMenu(title, "Details");
  const field = details(page).getByLabel("Title");
  await expect(field).toHaveValue(title);
  const hidden = await field.evaluate((area) => [
    area.scrollWidth - area.clientWidth,
    area.scrollHeight - area.clientHeight,
  ]);
  expect(hidden).toEqual([0, 0]);
  await field.press("Enter");
  await expect(field).toHaveValue(title);
});

test.describe("the due date, without the details,", () => {
  const picker = (page: Page) => page.getByRole("dialog", { name: "Due date" });

  test("is set and changed in the row", async ({ page }) => {
    const todos = new TodoPage(page);
    const due = todos.items.getByTestId("todo-due");
    await todos.items.hover();
    await todos.items.getByRole("button", { name: "Set a due date" }).click();
    await picker(page).getByRole("button", { name: "Tomorrow" }).click();
    await expect(due).toContainText("Due Tomorrow");
    await expect(picker(page)).toHaveCount(0);
    await todos.items.getByRole("button", { name: "Due Tomorrow" }).click();
    await picker(page)
      .getByLabel("Due date")
      .fill(await dayFrom(page, 0));
    await page.keyboard.press("Escape");
    await expect(due).toContainText("Due Today");
    await todos.saved();
    await page.reload();
    await expect(due).toContainText("Due Today");
    await expect(details(page)).toHaveCount(0);
  });

  test("is chosen while adding, and kept over a reload", async ({ page }) => {
    const todos = new TodoPage(page);
    const form = page.locator("form").filter({ has: todos.input });
    await todos.input.fill("Renew the passport");
    await form.getByRole("button", { name: "Set a due date" }).click();
    await picker(page).getByRole("button", { name: "Tomorrow" }).click();
    await expect(todos.input).toBeFocused();
    await page.reload();
    await expect(form.getByRole("button", { name: "Due Tomorrow" })).toBeVisible();
    await todos.input.press("Enter");
    await expect(todos.item("Renew the passport").getByTestId("todo-due")).toContainText("Due Tomorrow");
    await expect(form.getByRole("button", { name: "Set a due date" })).toBeVisible();
    await todos.add("Pack");
    await expect(todos.item("Pack").getByTestId("todo-due")).toHaveCount(0);
  });

  test("is refused outside of 1970 to 2200, and the picker stays open", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.items.hover();
    await todos.items.getByRole("button", { name: "Set a due date" }).click();
    await picker(page).getByLabel("Due date").fill("0202-12-24");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("alert").filter({ hasText: "isn’t saved" })).toBeVisible();
    await page.getByRole("button", { name: "Keep editing" }).click();
    await picker(page).getByRole("button", { name: "Today" }).click();
    await expect(todos.items.getByTestId("todo-due")).toContainText("Due Today");
  });
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
      if (animationName !== "over-fade-out" || !(target instanceof Element)) return;
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

  test("a tap on a todo opens its details, without a keyboard over them", async ({ page }) => {
    await new TodoPage(page).titles.first().tap();
    await expect(details(page)).toBeVisible();
    await expect(details(page)).toBeFocused();
  });

  test("menus show no keyboard shortcuts", async ({ page }) => {
    await page.getByRole("button", { name: "More for Book the train" }).tap();
    await expect(page.getByRole("menuitem", { name: "Edit title" })).toBeVisible();
    for (const hint of await page.locator("kbd").all()) await expect(hint).toBeHidden();
  });
});
