import { enter, expect, test } from "../fixtures.ts";
import { TodoPage } from "./todo-page.ts";

// The rules of the TodoMVC specification.

test.beforeEach(({ page, mailbox, person }) => enter(page, mailbox, person));

test.describe("a new todo", () => {
  test("is added by Enter, trimmed, at the end, and the field is cleared", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("Buy milk", "   Water the plants  ");
    await expect(todos.titles).toHaveText(["Buy milk", "Water the plants"]);
    await expect(todos.input).toHaveValue("");
    await todos.expectKept("Buy milk", "Water the plants");
  });

  test("is not created from blank text", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("", "    ");
    await expect(todos.items).toHaveCount(0);
  });

  test("can be typed at once, because the field has the focus", async ({ page }) => {
    await page.reload();
    await expect(new TodoPage(page).input).toBeFocused();
  });
});

test("without todos, the footer and the mark-all checkbox are hidden", async ({ page }) => {
  await expect(new TodoPage(page).input).toBeVisible();
  await expect(page.getByLabel("Mark all as complete")).toHaveCount(0);
  await expect(page.getByTestId("todo-count")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Clear completed" })).toHaveCount(0);
});

test.describe("a todo", () => {
  test("is completed and reopened by its checkbox", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("Buy milk", "Call Ada");
    const first = todos.items.first();
    await first.getByRole("checkbox").check();
    await expect(first).toHaveClass(/\bcompleted\b/);
    await expect(todos.items.nth(1)).not.toHaveClass(/completed/);
    await todos.saved();
    await page.reload();
    await expect(first.getByRole("checkbox")).toBeChecked();
    await first.getByRole("checkbox").uncheck();
    await expect(first).not.toHaveClass(/completed/);
  });

  test("is deleted by its button", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("Buy milk", "Call Ada");
    await todos.items.first().hover();
    await page.getByRole("button", { name: "Delete Buy milk" }).click();
    await expect(todos.titles).toHaveText(["Call Ada"]);
  });
});

test.describe("editing", () => {
  for (const [name, finish] of [
    ["Enter", (field: import("@playwright/test").Locator) => field.press("Enter")],
    ["leaving the field", (field: import("@playwright/test").Locator) => field.dispatchEvent("blur")],
  ] as const) {
    test(`starts with a double click, and ${name} saves the trimmed title`, async ({ page }) => {
      const todos = new TodoPage(page);
      await todos.add("Buy milk", "Call Ada");
      const field = await todos.edit("Call Ada");
      await expect(todos.items.nth(1)).toHaveClass(/\bediting\b/);
      await expect(field).toBeFocused();
      await expect(field).toHaveValue("Call Ada");
      await expect(todos.items.nth(1).getByRole("checkbox")).toBeHidden();
      await expect(todos.items.nth(1).getByTestId("todo-title")).toBeHidden();
      await field.fill("  Call Grace ");
      await finish(field);
      await todos.expectKept("Buy milk", "Call Grace");
    });
  }

  test("starts with F2, and returns the focus", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("Call Ada");
    await todos.checkbox("Call Ada").focus();
    await page.keyboard.press("F2");
    await page.keyboard.type("Call Grace");
    await page.keyboard.press("Enter");
    await expect(todos.titles).toHaveText(["Call Grace"]);
    await expect(todos.checkbox("Call Grace")).toBeFocused();
  });

  test("is canceled by Escape", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("Call Ada");
    const field = await todos.edit("Call Ada");
    await field.fill("Call nobody");
    await field.press("Escape");
    await expect(todos.titles).toHaveText(["Call Ada"]);
    await expect(todos.items).not.toHaveClass(/editing/);
  });

  test("deletes a todo whose title was emptied, which can be undone", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("Buy milk", "Call Ada");
    const field = await todos.edit("Call Ada");
    await field.fill("  ");
    await field.press("Enter");
    await expect(todos.titles).toHaveText(["Buy milk"]);
    await todos.toast("Call Ada").getByRole("button", { name: "Undo" }).click();
    await expect(todos.titles).toHaveText(["Buy milk", "Call Ada"]);
  });
});

test.describe("Mark all as complete", () => {
  test("completes all todos, and reopens them", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("One", "Two", "Three");
    await page.getByLabel("Mark all as complete").check();
    for (const item of await todos.items.all()) await expect(item).toHaveClass(/completed/);
    await page.getByLabel("Mark all as complete").uncheck();
    for (const item of await todos.items.all()) await expect(item).not.toHaveClass(/completed/);
    await todos.expectKept("One", "Two", "Three");
  });

  test("is checked only while all todos are completed", async ({ page }) => {
    const todos = new TodoPage(page);
    const all = page.getByLabel("Mark all as complete");
    await todos.add("One", "Two");
    await expect(all).not.toBeChecked();
    await todos.checkbox("One").check();
    await todos.checkbox("Two").check();
    await expect(all).toBeChecked();
    await todos.checkbox("One").uncheck();
    await expect(all).not.toBeChecked();
    await todos.checkbox("One").check();
    await todos.add("Three");
    await expect(all).not.toBeChecked();
  });
});

test("counts the open todos with the correct plural", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.add("One");
  await expect(todos.count).toHaveText("1 item left");
  await todos.add("Two");
  await expect(todos.count).toHaveText("2 items left");
  await todos.checkbox("One").check();
  await todos.checkbox("Two").check();
  await expect(todos.count).toHaveText("0 items left");
});

test.describe("Clear completed", () => {
  test("is shown only while a todo is completed, and removes completed todos", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("One", "Two", "Three");
    const clear = page.getByRole("button", { name: "Clear completed" });
    await expect(clear).toBeHidden();
    await todos.checkbox("Two").check();
    await clear.click();
    await expect(todos.titles).toHaveText(["One", "Three"]);
    await expect(clear).toBeHidden();
  });

  test("can be undone", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("One", "Two");
    await page.getByLabel("Mark all as complete").check();
    await page.getByRole("button", { name: "Clear completed" }).click();
    await expect(todos.items).toHaveCount(0);
    await todos.toast("2 completed items cleared").getByRole("button", { name: "Undo" }).click();
    await todos.expectKept("One", "Two");
    await expect(todos.checkbox("Two")).toBeChecked();
  });
});

test.describe("All, Active and Completed", () => {
  test("are links that filter the todos and mark the current filter", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("One", "Two", "Three");
    await todos.checkbox("Two").check();
    const link = (name: string) => page.getByRole("link", { name, exact: true });
    await expect(link("All")).toHaveClass(/\bselected\b/);
    await link("Active").click();
    await expect(todos.titles).toHaveText(["One", "Three"]);
    await expect(page).toHaveURL(/\?show=active$/);
    await link("Completed").click();
    await expect(todos.titles).toHaveText(["Two"]);
    await expect(link("Completed")).toHaveClass(/\bselected\b/);
    await expect(link("Completed")).toHaveAttribute("aria-current", "page");
    await expect(link("All")).not.toHaveClass(/selected/);
    await expect(todos.count).toHaveText("2 items left");
  });

  test("are part of the URL and the browser history", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("One", "Two");
    await todos.checkbox("Two").check();
    await page.getByRole("link", { name: "Active", exact: true }).click();
    await page.getByRole("link", { name: "Completed", exact: true }).click();
    await expect(todos.titles).toHaveText(["Two"]);
    await page.goBack();
    await expect(todos.titles).toHaveText(["One"]);
    await page.goBack();
    await expect(todos.titles).toHaveText(["One", "Two"]);
    await page.goForward();
    await todos.saved();
    await page.reload();
    await expect(todos.titles).toHaveText(["One"]);
  });

  test("hide a todo that no longer matches the filter", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("One", "Two");
    await page.getByRole("link", { name: "Active", exact: true }).click();
    await todos.checkbox("One").click();
    await expect(todos.titles).toHaveText(["Two"]);
    await expect(todos.checkbox("Two")).toBeFocused();
  });
});
