import { elsewhere } from "../elsewhere.ts";
import { enter, expect, test } from "../fixtures.ts";
import { TodoPage } from "./todo-page.ts";

// A deletion can be undone for a few seconds. These tests check that a deletion and typed text are not lost when the
// page is left before.

test.beforeEach(({ page, mailbox, person }) => enter(page, mailbox, person));

test("sends a deletion when it can no longer be undone, and after a reload", async ({ page, person }) => {
  const todos = new TodoPage(page);
  const other = await elsewhere(person);
  await todos.add("Keep");
  await todos.add("Throw away");
  await expect.poll(other.titles).toEqual(["Keep", "Throw away"]);
  await page.getByRole("button", { name: "Delete Throw away" }).click();
  await expect(todos.titles).toHaveText(["Keep"]);
  expect(await other.titles()).toEqual(["Keep", "Throw away"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(todos.titles).toHaveText(["Keep", "Throw away"]);
  await page.getByRole("button", { name: "Delete Throw away" }).click();
  await page.reload();
  await expect(todos.titles).toHaveText(["Keep"]);
  await expect.poll(other.titles).toEqual(["Keep"]);
});

test("sends a pending deletion when the tab is closed, and shows it as unsaved before", async ({ page, person }) => {
  const todos = new TodoPage(page);
  const other = await elsewhere(person);
  await todos.add("Keep", "Throw away");
  await expect.poll(other.titles).toEqual(["Keep", "Throw away"]);
  await todos.saved();
  await page.getByRole("button", { name: "Delete Throw away" }).click();
  await expect(todos.toast("Throw away")).toBeVisible();
  await expect(todos.sync).toHaveText("Deleting…");
  await page.close({ runBeforeUnload: true });
  await expect.poll(other.titles).toEqual(["Keep"]);
});

test("undoes a deletion that was sent while the page was hidden", async ({ page, person }) => {
  const todos = new TodoPage(page);
  const other = await elsewhere(person);
  await todos.add("Keep", "Throw away", "Last");
  await expect.poll(other.titles).toEqual(["Keep", "Throw away", "Last"]);
  await page.getByRole("button", { name: "Delete Throw away" }).click();
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect.poll(other.titles).toEqual(["Keep", "Last"]);
  await todos.toast("Throw away").getByRole("button", { name: "Undo" }).click();
  await expect.poll(other.titles).toEqual(["Keep", "Throw away", "Last"]);
  await expect(todos.titles).toHaveText(["Keep", "Throw away", "Last"]);
});

test("keeps an unsubmitted todo over a reload", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.input.fill("Call Ad");
  await page.reload();
  await expect(todos.input).toHaveValue("Call Ad");
  await todos.input.fill("Call Ada");
  await todos.input.press("Enter");
  await todos.expectKept("Call Ada");
  await expect(todos.input).toHaveValue("");
});

test("saves a title that is being edited when the page is left", async ({ page, person }) => {
  const todos = new TodoPage(page);
  const other = await elsewhere(person);
  await todos.add("Call Ada");
  await expect.poll(other.titles).toEqual(["Call Ada"]);
  await (await todos.edit("Call Ada")).fill("Call Grace");
  await page.reload();
  await expect(todos.titles).toHaveText(["Call Grace"]);
  await expect.poll(other.titles).toEqual(["Call Grace"]);
});
