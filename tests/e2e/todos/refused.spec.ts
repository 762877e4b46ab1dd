import type { Page } from "@playwright/test";
import { enter, expect, test } from "../fixtures.ts";
import { TodoPage } from "./todo-page.ts";

// A refused text keeps its form open and says what to do. It is discarded only if the user chooses to.

test.beforeEach(({ page, mailbox, person }) => enter(page, mailbox, person));

const details = (page: Page) => page.getByRole("dialog", { name: "Details" });
const question = (page: Page) => page.getByRole("alert").filter({ hasText: "isn’t saved" });

async function openDetails(page: Page): Promise<TodoPage> {
  const todos = new TodoPage(page);
  await todos.add("Book the train");
  await todos.openMenu("Book the train", "Details");
  return todos;
}

const endings: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ["Escape", (page) => page.keyboard.press("Escape")],
  ["a click elsewhere", (page) => page.mouse.click(5, 5)],
];

const refusals = [
  { field: "Notes", text: "n".repeat(10_050), says: "Shorten this by 50 characters" },
  { field: "Title", text: "t".repeat(520), says: "Shorten this by 20 characters" },
  { field: "Title", text: "  ", says: "A todo needs a title" },
] as const;

for (const { field, text, says } of refusals) {
  const size = text.trim().length;
  test(`the details stay open with a refused ${field.toLowerCase()} of ${size} characters until it is discarded`, async ({
    page,
  }) => {
    await openDetails(page);
    const input = details(page).getByLabel(field);
    await input.fill(text);
    await details(page).getByRole("button", { name: "Done" }).click();
    await expect(input).toBeFocused();
    await expect(details(page)).toContainText(says);
    for (const [, end] of endings) {
      await end(page);
      await expect(question(page)).toBeVisible();
      await page.getByRole("button", { name: "Keep editing" }).click();
      await expect(input).toBeFocused();
      await expect(input).toHaveValue(text);
    }
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Discard" }).click();
    await expect(details(page)).toHaveCount(0);
  });
}

test("valid fields beside a refused one are saved", async ({ page }) => {
  const todos = await openDetails(page);
  await details(page).getByLabel("Title").fill("Book the night train");
  await details(page).getByLabel("Notes").fill("n".repeat(10_001));
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Discard" }).click();
  await todos.expectKept("Book the night train");
});

test("a title that is too long stays in its row after Escape and after a blur", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.add("Book the train");
  const editor = await todos.edit("Book the train");
  await editor.fill("t".repeat(501));
  await todos.input.click();
  await expect(editor).toHaveValue("t".repeat(501));
  await editor.press("Escape");
  await expect(question(page)).toBeVisible();
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(editor).toBeFocused();
  await editor.fill("Book the night train");
  await editor.press("Enter");
  await todos.expectKept("Book the night train");
});

test("a list name that is too long stays in the sidebar and in the dialog", async ({ page }) => {
  const name = "n".repeat(101);
  await page.getByRole("button", { name: "New list" }).click();
  const field = page.getByRole("textbox", { name: "Name of the new list" });
  await field.fill(name);
  await field.press("Enter");
  await expect(page.getByText("Shorten this by 1 character")).toBeVisible();
  await field.press("Escape");
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(field).toHaveValue(name);
  await field.fill("Garden");
  await field.press("Enter");
  await page.getByRole("main").getByRole("button", { name: "More for the list Garden" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  const dialog = page.getByRole("dialog", { name: "Rename the list" });
  await dialog.getByLabel("Name").fill(name);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(dialog.getByLabel("Name")).toHaveValue(name);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(dialog).toHaveCount(0);
});

test("an emptied list name shows an error, and Escape keeps the old name", async ({ page }) => {
  await page.getByRole("button", { name: "New list" }).click();
  await page.getByRole("textbox", { name: "Name of the new list" }).fill("Garden");
  await page.keyboard.press("Enter");
  const link = page.getByRole("navigation", { name: "Lists" }).getByRole("link", { name: "Garden" });
  await link.press("F2");
  const field = page.getByRole("textbox", { name: "Name of the list" });
  await field.fill("");
  await field.press("Enter");
  await expect(page.getByText("A list needs a name")).toBeVisible();
  await field.press("Escape");
  await expect(link).toBeVisible();
});

test("a due date is sent when it is complete and the field is left, never half typed", async ({ page }) => {
  await openDetails(page);
  const sent: unknown[] = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") sent.push(request.postDataJSON().dueDate);
  });
  const due = details(page).getByLabel("Due date");
  await due.click();
  await page.clock.install();
  // Uses the keyboard API, because a locator would focus the field for each key, which restarts the number in the
  // browser's date field.
  for (const typed of ["1", "1224", "1224202", "12242026"]) {
    for (const key of ["ArrowLeft", "ArrowLeft", ...typed]) await page.keyboard.press(key);
    await page.clock.runFor(5_000);
  }
  expect(sent).toEqual([]);
  await page.clock.resume();
  await due.press("Enter");
  await expect.poll(() => sent).toEqual(["2026-12-24"]);
});

test("an incomplete due date keeps the details open, and does not clear the date", async ({ page }) => {
  const todos = await openDetails(page);
  const due = details(page).getByLabel("Due date");
  await due.fill("2026-12-24");
  await due.press("Enter");
  // Without its month, the browser's field has no value.
  await due.press("Home");
  await due.press("Delete");
  await page.keyboard.press("Escape");
  await expect(question(page)).toBeVisible();
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(details(page)).toContainText("Complete the date");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Discard" }).click();
  await todos.openMenu("Book the train", "Details");
  await expect(due).toHaveValue("2026-12-24");
});

test("a year outside of 1970 to 2200 is refused in the details", async ({ page }) => {
  await openDetails(page);
  const due = details(page).getByLabel("Due date");
  await due.fill("0202-12-24");
  await details(page).getByRole("button", { name: "Done" }).click();
  await expect(details(page)).toContainText("Choose a day from 1970 to 2200");
  await expect(due).toHaveValue("0202-12-24");
});

for (const [name, answer] of [
  ["refuses", { status: 400, contentType: "application/json", body: '{"message":"no"}' }],
  ["fails on", { status: 500, contentType: "application/json", body: '{"message":"Internal Server Error"}' }],
  ["cannot be reached for", undefined],
] as const) {
  test(`keeps a title that the server ${name}, and says so`, async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("Book the train");
    await todos.saved();
    await page.route("**/v1/lists/*/todos/*", (route) => {
      if (route.request().method() !== "PATCH") return route.fallback();
      return answer ? route.fulfill(answer) : route.abort();
    });
    const editor = await todos.edit("Book the train");
    await editor.fill("Book the night train");
    await editor.press("Enter");
    await expect(todos.items).toContainText("Not saved yet");
    if (answer?.status === 400) await expect(page.getByTestId("problem")).toContainText("Book the night train");
    await page.reload();
    await expect(todos.titles).toHaveText(["Book the night train"]);
  });

  test(`keeps the profile's form with its text when the server ${name} it`, async ({ page }) => {
    await page.goto("/account");
    const name = page.getByLabel("Name");
    await name.fill("Ada Lovelace");
    await page.route("**/v1/me", (route) => {
      if (route.request().method() !== "PATCH") return route.fallback();
      return answer ? route.fulfill(answer) : route.abort();
    });
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(/try again/i)).toBeVisible();
    await expect(name).toHaveValue("Ada Lovelace");
  });
}
