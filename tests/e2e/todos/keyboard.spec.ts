import { enter, expect, test } from "../fixtures.ts";
import { TodoPage } from "./todo-page.ts";

test.beforeEach(async ({ page, mailbox, person }) => {
  await enter(page, mailbox, person);
  await new TodoPage(page).add("One", "Two", "Three");
  await expect(page.getByTestId("todo-item")).toHaveCount(3);
});

test("j, k and the arrow keys move between todos", async ({ page }) => {
  const todos = new TodoPage(page);
  await page.getByRole("main").focus();
  for (const [key, title] of [
    ["j", "One"],
    ["j", "Two"],
    ["ArrowDown", "Three"],
    ["ArrowUp", "Two"],
    ["k", "One"],
    ["k", "One"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(todos.checkbox(title)).toBeFocused();
  }
});

test("Space completes, Enter opens, and Delete removes the focused todo", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.checkbox("Two").focus();
  await page.keyboard.press("Space");
  await expect(todos.checkbox("Two")).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Details" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(todos.checkbox("Two")).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(todos.titles).toHaveText(["One", "Three"]);
  await expect(todos.checkbox("Three")).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(todos.checkbox("One")).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(todos.input).toBeFocused();
});

test("Ctrl+Z restores the last deleted todo", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.checkbox("Two").focus();
  await page.keyboard.press("Delete");
  await expect(todos.titles).toHaveText(["One", "Three"]);
  await page.keyboard.press("Control+z");
  await expect(todos.titles).toHaveText(["One", "Two", "Three"]);
});

test("Alt with an arrow key moves a todo, announces its position and keeps the focus", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.checkbox("Three").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(todos.titles).toHaveText(["One", "Three", "Two"]);
  await expect(page.getByText("Three, now 2 of 3")).toBeAttached();
  await expect(todos.checkbox("Three")).toBeFocused();
  await page.keyboard.press("Alt+ArrowUp");
  await page.keyboard.press("Alt+ArrowUp");
  await todos.expectKept("Three", "One", "Two");
  await todos.checkbox("Three").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await todos.expectKept("One", "Three", "Two");
});

test("n focuses the new-todo field, where letters are text", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.checkbox("One").focus();
  await page.keyboard.press("n");
  await expect(todos.input).toBeFocused();
  await page.keyboard.type("jk?gin");
  await expect(todos.input).toHaveValue("jk?gin");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("g and then i opens the inbox", async ({ page }) => {
  await page.getByRole("button", { name: "New list" }).click();
  await page.keyboard.type("Garden");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Garden");
  await page.getByRole("link", { name: "Garden" }).focus();
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Inbox");
});

for (const key of ["?", "/"])
  test(`${key} shows the shortcuts, which can be switched off permanently`, async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.checkbox("One").focus();
    await page.keyboard.press(key);
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(help.getByText("Write a new todo")).toBeVisible();
    await help.getByRole("switch", { name: "Single-letter shortcuts" }).uncheck();
    await page.keyboard.press("Escape");
    await expect(todos.checkbox("One")).toBeFocused();
    await page.keyboard.press("j");
    await expect(todos.checkbox("One")).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(todos.checkbox("Two")).toBeFocused();
    await todos.saved();
    await page.reload();
    await todos.checkbox("One").focus();
    await page.keyboard.press(key);
    await expect(help).toHaveCount(0);
    await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
    await help.getByRole("switch", { name: "Single-letter shortcuts" }).check();
    await page.keyboard.press("Escape");
    await todos.checkbox("One").focus();
    await page.keyboard.press("j");
    await expect(todos.checkbox("Two")).toBeFocused();
  });

test("the menu of a row can be used with the keyboard only", async ({ page }) => {
  const todos = new TodoPage(page);
  await page.getByRole("button", { name: "More for Two" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Details" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Edit title" })).toBeFocused();
  await page.keyboard.press("Enter");
  const field = page.getByRole("textbox", { name: "Edit", exact: true });
  await expect(field).toBeFocused();
  await field.fill("Second");
  await page.keyboard.press("Enter");
  await expect(todos.titles).toHaveText(["One", "Second", "Three"]);
});
