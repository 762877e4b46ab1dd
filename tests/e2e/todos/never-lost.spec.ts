import type { Page, Route } from "@playwright/test";
import { elsewhere } from "../elsewhere.ts";
import { enter, expect, test } from "../fixtures.ts";
import { TodoPage } from "./todo-page.ts";

test.beforeEach(({ page, mailbox, person }) => enter(page, mailbox, person));

const waiting = "Not saved yet";

async function rename(todos: TodoPage, from: string, to: string): Promise<void> {
  const editor = await todos.edit(from);
  await editor.fill(to);
  await editor.press("Enter");
}

const api = "**/v1/**";
const todosOf = "**/v1/lists/*/todos";

/** Makes the first `times` write requests fail in a given way. */
async function fault(page: Page, times: number, happen: (route: Route) => Promise<void>): Promise<void> {
  let left = times;
  await page.route(todosOf, async (route) => {
    if (route.request().method() === "GET" || left === 0) return route.fallback();
    left -= 1;
    await happen(route);
  });
}

test("keeps and marks changes without a network, and sends them later", async ({ page, context, person }) => {
  const todos = new TodoPage(page);
  const other = await elsewhere(person);
  await todos.add("Before");
  await expect.poll(other.titles).toEqual(["Before"]);
  await context.setOffline(true);
  await todos.add("Buy milk");
  await rename(todos, "Before", "Edited offline");
  await expect(todos.titles).toHaveText(["Edited offline", "Buy milk"]);
  await expect(todos.items.nth(1)).toContainText(waiting);
  await expect(todos.sync).toContainText("Offline");
  expect(await other.titles()).toEqual(["Before"]);
  await context.setOffline(false);
  await expect.poll(other.titles).toEqual(["Edited offline", "Buy milk"]);
  await expect(todos.items.filter({ hasText: waiting })).toHaveCount(0);
  await todos.saved();
});

test("retries while the server is down, without duplicates", async ({ page, person }) => {
  const todos = new TodoPage(page);
  await fault(page, 2, (route) => route.fulfill({ status: 503, json: { message: "Service Unavailable" } }));
  await todos.add("Buy milk");
  await expect(todos.items).toContainText(waiting);
  await todos.saved();
  await expect.poll((await elsewhere(person)).titles).toEqual(["Buy milk"]);
});

test("creates a todo once although the response was lost", async ({ page, person }) => {
  const todos = new TodoPage(page);
  await fault(page, 2, async (route) => {
    await route.fetch();
    await route.abort();
  });
  await todos.add("Buy milk");
  await expect(todos.items).toContainText(waiting);
  await todos.saved();
  await expect(todos.titles).toHaveText(["Buy milk"]);
  await expect.poll((await elsewhere(person)).titles).toEqual(["Buy milk"]);
});

test("does not block on slow responses", async ({ page, person }) => {
  const todos = new TodoPage(page);
  await page.route(todosOf, async (route) => {
    if (route.request().method() === "POST") await new Promise((resolve) => setTimeout(resolve, 5000));
    await route.continue();
  });
  for (const title of ["One", "Two", "Three"]) await todos.add(title);
  await rename(todos, "Two", "Two and a half");
  await expect(todos.titles).toHaveText(["One", "Two and a half", "Three"], { timeout: 2000 });
  await expect(todos.sync).toContainText("Saving");
  await todos.saved();
  await expect(todos.titles).toHaveText(["One", "Two and a half", "Three"]);
  await expect.poll((await elsewhere(person)).titles).toEqual(["One", "Two and a half", "Three"]);
});

test("applies a change once when the page is reloaded during its request", async ({ page, person }) => {
  const todos = new TodoPage(page);
  let arrived = () => {};
  const hasArrived = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  await fault(page, 1, async (route) => {
    await route.fetch();
    arrived();
  });
  await todos.add("Buy milk");
  await hasArrived;
  await page.reload();
  await expect(todos.titles).toHaveText(["Buy milk"]);
  await todos.saved();
  await expect.poll((await elsewhere(person)).titles).toEqual(["Buy milk"]);
});

test("shows stored todos after a reload without the API, and keeps retrying", async ({ page, person }) => {
  const todos = new TodoPage(page);
  const other = await elsewhere(person);
  await todos.add("Saved");
  await expect.poll(other.titles).toEqual(["Saved"]);
  await page.route(api, (route) => route.abort());
  await todos.add("Not yet");
  await page.reload();
  await expect(todos.titles).toHaveText(["Saved", "Not yet"]);
  await expect(todos.items.nth(1)).toContainText(waiting);
  await page.unroute(api);
  await expect.poll(other.titles).toEqual(["Saved", "Not yet"]);
  await expect(todos.items.filter({ hasText: waiting })).toHaveCount(0);
});

test("keeps changes when the tab is closed", async ({ page, context, person }) => {
  const todos = new TodoPage(page);
  await page.route(todosOf, (route) => (route.request().method() === "POST" ? route.abort() : route.fallback()));
  await todos.add("Buy milk");
  await page.close();
  const next = await context.newPage();
  const nextTodos = new TodoPage(next);
  await next.goto("/todos");
  await expect(nextTodos.titles).toHaveText(["Buy milk"]);
  await nextTodos.saved();
  await expect.poll((await elsewhere(person)).titles).toEqual(["Buy milk"]);
});

test("shows changes in all tabs within a second, whichever tab sends them", { tag: "@time" }, async ({
  page,
  context,
  person,
}) => {
  const todos = new TodoPage(page);
  const other = await context.newPage();
  const otherTodos = new TodoPage(other);
  await other.goto("/todos");
  await expect(other.getByPlaceholder("What needs to be done?")).toBeVisible();
  const soon = { timeout: 1000 };
  await todos.add("From one");
  await expect(otherTodos.titles).toHaveText(["From one"], soon);
  await otherTodos.add("From the other");
  await expect(todos.titles).toHaveText(["From one", "From the other"], soon);
  await context.setOffline(true);
  await page.getByRole("checkbox", { name: "From one" }).check();
  await expect(other.getByRole("checkbox", { name: "From one" })).toBeChecked(soon);
  await expect(otherTodos.items.first()).toContainText(waiting, soon);
  await context.setOffline(false);
  await Promise.all([todos.saved(), otherTodos.saved()]);
  await expect.poll((await elsewhere(person)).titles).toEqual(["From one", "From the other"]);
});

for (const { choice, title } of [
  { choice: "Keep mine", title: "Mine" },
  { choice: "Keep theirs", title: "Theirs" },
]) {
  test(`asks when another device changed the same title: ${choice.toLowerCase()}`, async ({
    page,
    context,
    person,
  }) => {
    const todos = new TodoPage(page);
    const other = await elsewhere(person);
    await todos.add("First");
    await expect.poll(other.titles).toEqual(["First"]);
    await context.setOffline(true);
    await rename(todos, "First", "Mine");
    await other.rename("First", "Theirs");
    await context.setOffline(false);
    const problem = page.getByTestId("problem");
    await expect(problem).toContainText("Mine");
    await expect(problem).toContainText("Theirs");
    expect(await other.titles()).toEqual(["Theirs"]);
    await problem.getByRole("button", { name: choice }).click();
    await expect(problem).toHaveCount(0);
    await expect(todos.titles).toHaveText([title]);
    await expect.poll(other.titles).toEqual([title]);
  });
}

test("restores an edited todo that was deleted elsewhere", async ({ page, context, person }) => {
  const todos = new TodoPage(page);
  const other = await elsewhere(person);
  await todos.add("First");
  await expect.poll(other.titles).toEqual(["First"]);
  await context.setOffline(true);
  await rename(todos, "First", "Typed with care");
  await other.remove("First");
  await context.setOffline(false);
  await page.getByTestId("problem").getByRole("button", { name: "Add it again" }).click();
  await expect(todos.titles).toHaveText(["Typed with care"]);
  await expect.poll(other.titles).toEqual(["Typed with care"]);
});

test("keeps the changes of one user separate from those of the next", async ({ page, context, mailbox, person }) => {
  const todos = new TodoPage(page);
  await page.route(todosOf, (route) => (route.request().method() === "POST" ? route.abort() : route.fallback()));
  await todos.add("Ada's secret");
  await expect(todos.items).toContainText(waiting);
  await context.clearCookies();
  await page.evaluate(() => localStorage.clear());
  await enter(page, mailbox, { email: `second-${person.email}`, password: person.password });
  await expect(todos.items).toHaveCount(0);
  await context.clearCookies();
  await page.evaluate(() => localStorage.clear());
  await page.unroute(todosOf);
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(todos.titles).toHaveText(["Ada's secret"]);
  await todos.saved();
  await expect.poll((await elsewhere(person)).titles).toEqual(["Ada's secret"]);
});

test("works in memory if the browser has no storage", async ({ page, person }) => {
  const todos = new TodoPage(page);
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("Not in this window", "SecurityError");
    };
  });
  await page.reload();
  await todos.add("Buy milk");
  await expect(todos.titles).toHaveText(["Buy milk"]);
  await expect.poll((await elsewhere(person)).titles).toEqual(["Buy milk"]);
});

test("revalidates unchanged data with a 304 on the next visit", async ({ page, person }) => {
  const todos = new TodoPage(page);
  const other = await elsewhere(person);
  await todos.add("Buy milk");
  await expect.poll(other.titles).toEqual(["Buy milk"]);
  const visit = async () => {
    const answer = page.waitForResponse((response) => new URL(response.url()).pathname.startsWith("/v1/lists/"));
    await page.reload();
    return (await answer).status();
  };
  await visit();
  await expect(todos.titles).toHaveText(["Buy milk"]);
  await expect.poll(visit).toBe(304);
  await expect(todos.titles).toHaveText(["Buy milk"]);
});
