import { elsewhere } from "./elsewhere.ts";
import { enter, expect, test } from "./fixtures.ts";
import { TodoPage } from "./todo-page.ts";

// A deletion can be undone for some seconds. It reaches the server all the same when the page goes before, and so does what was typed.

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

test("keeps a todo that was half typed when the page went, until it is added", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.input.fill("Call Ad");
  await page.reload();
  await expect(todos.input).toHaveValue("Call Ad");
  await todos.input.fill("Call Ada");
  await todos.input.press("Enter");
  await todos.expectKept("Call Ada");
  await expect(todos.input).toHaveValue("");
});

test("saves a title that is being edited when its tab is closed", async ({ page, person }) => {
  const todos = new TodoPage(page);
  const other = await elsewhere(person);
  await todos.add("Call Ada");
  await expect.poll(other.titles).toEqual(["Call Ada"]);
  await (await todos.edit("Call Ada")).fill("Call Grace");
  await page.reload();
  await expect(todos.titles).toHaveText(["Call Grace"]);
  await expect.poll(other.titles).toEqual(["Call Grace"]);
});

test("keeps what is typed into details and titles of todos that are deleted elsewhere meanwhile", async ({
  page,
  person,
}) => {
  const todos = new TodoPage(page);
  const other = await elsewhere(person);
  await todos.add("First", "Second");
  await expect.poll(other.titles).toEqual(["First", "Second"]);
  const goesElsewhere = async (title: string) => {
    await other.remove(title);
    const read = page.waitForResponse(
      (response) => response.request().method() === "GET" && response.url().includes("/todos"),
    );
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await read;
  };
  const problem = page.getByTestId("problem");

  await (await todos.edit("First")).fill("First, typed with care");
  await goesElsewhere("First");
  await expect(problem).toContainText("First, typed with care");

  await todos.openMenu("Second", "Details");
  const notes = page.getByRole("dialog", { name: "Details" }).getByLabel("Notes");
  await notes.fill("n".repeat(10_001));
  await goesElsewhere("Second");
  await notes.fill("Noted with care");
  await page.keyboard.press("Escape");
  for (const title of ["First, typed with care", "Second"]) {
    const again = problem.filter({ hasText: `“${title}”` }).getByRole("button", { name: "Add it again" });
    await again.click();
    await expect(again).toHaveCount(0);
  }
  await todos.expectKept("First, typed with care", "Second");
});
