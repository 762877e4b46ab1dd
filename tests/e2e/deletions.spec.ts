import { elsewhere } from "./elsewhere.ts";
import { enter, expect, test } from "./fixtures.ts";
import { TodoPage } from "./todo-page.ts";

// A deletion can be undone for some seconds. It reaches the server all the same when the page goes before.

test.beforeEach(({ page, mailbox, person }) => enter(page, mailbox, person));

test("sends a deletion only when it cannot be undone any more, also after a reload", async ({ page, person }) => {
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

test("sends a deletion when its tab is closed while it could still be undone, and calls nothing saved before", async ({
  page,
  person,
}) => {
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

test("brings back what was deleted and sent while the page was hidden", async ({ page, person }) => {
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
