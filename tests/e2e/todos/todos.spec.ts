import type { Page } from "@playwright/test";
import { expectNoBarriers } from "../accessibility.ts";
import { enter, expect, test } from "../fixtures.ts";
import { expectWholeFocusRings } from "../focus-rings.ts";
import { TodoPage } from "./todo-page.ts";

test.beforeEach(({ page, mailbox, person }) => enter(page, mailbox, person));

/** Creates todos by the API, as another device would. */
const addElsewhere = (page: Page, titles: readonly string[]) =>
  page.evaluate(async (all) => {
    const { accessToken } = await (await fetch("/v1/session/refresh", { method: "POST" })).json();
    const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
    const [inbox] = await (await fetch("/v1/lists", { headers })).json();
    for (let start = 0; start < all.length; start += 20)
      await Promise.all(
        all.slice(start, start + 20).map((title, place) => {
          const body = JSON.stringify({ title, order: start + place });
          return fetch(`${inbox.url}/todos`, { method: "POST", headers, body });
        }),
      );
  }, titles);

test.describe("an empty list", () => {
  test("invites the user to write", async ({ page }) => {
    await expect(page.getByText("A clean page")).toBeVisible();
  });

  test("says whether all todos are done or none is completed yet", async ({ page }) => {
    const todos = new TodoPage(page);
    await todos.add("One");
    await page.getByRole("link", { name: "Completed", exact: true }).click();
    await expect(page.getByText("Nothing completed yet")).toBeVisible();
    await page.getByRole("link", { name: "Active", exact: true }).click();
    await todos.checkbox("One").click();
    await expect(page.getByText("All done")).toBeVisible();
    await expect(todos.input).toBeFocused();
  });
});

test("titles with any script, emoji, markup and length are shown as text", async ({ page }) => {
  const todos = new TodoPage(page);
  const titles = ["חלב ולחם", "🧺🪴 Picknick", "<b>bold</b>", `${"Donaudampfschifffahrt".repeat(23)} ende`];
  await page.setViewportSize({ width: 360, height: 740 });
  await todos.add(...titles);
  await expect(todos.titles).toHaveText(titles);
  await expect(todos.titles.first()).toHaveCSS("direction", "rtl");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test("a title that is too long stays in the field with an error", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.add("x".repeat(501));
  await expect(todos.input).toHaveAttribute("aria-invalid", "true");
  await expect(todos.input).toHaveValue("x".repeat(501));
  await expect(todos.items).toHaveCount(0);
});

/** Returns the milliseconds from submitting the form to the frame that shows the todo. */
const untilAdded = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const input = document.querySelector<HTMLInputElement>("[data-new-todo]");
        const count = () => document.querySelectorAll("[data-testid=todo-item]").length;
        const before = count();
        const start = performance.now();
        new MutationObserver((_, observer) => {
          if (count() === before) return;
          observer.disconnect();
          // Changes of the DOM are visible in the next frame.
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
        }).observe(document.body, { childList: true, subtree: true });
        input?.form?.requestSubmit();
      }),
  );

test("a new todo appears within 100 ms in a list of a thousand", { tag: "@time" }, async ({ page }) => {
  test.slow();
  const todos = new TodoPage(page);
  await addElsewhere(
    page,
    Array.from({ length: 1000 }, (_, number) => `Todo ${number + 1}`),
  );
  await page.reload();
  await expect(todos.count).toHaveText("1,000 items left");
  const times: number[] = [];
  for (const title of ["One more", "Another", "A third", "A fourth", "And one"]) {
    await todos.input.fill(title);
    times.push(await untilAdded(page));
    await todos.saved();
  }
  process.stdout.write(`added to a thousand: ${times.map((ms) => `${Math.round(ms)} ms`).join(", ")}\n`);
  // The median, so that a short load on the machine does not count.
  expect(times.toSorted((a, b) => a - b)[2]).toBeLessThan(100);
  await expect(todos.item("And one")).toBeInViewport();
});

test("a list that fails to load shows the error, and works after a retry", async ({ page }) => {
  await page.evaluate(() =>
    indexedDB.databases().then((all) => all.map(({ name }) => name && indexedDB.deleteDatabase(name))),
  );
  await page.route("**/v1/lists**", (route) =>
    route.fulfill({ status: 503, contentType: "application/json", body: '{"message":"Service Unavailable"}' }),
  );
  await page.goto("/todos?show=all");
  await expect(page.getByText("We couldn’t load your todos")).toBeVisible();
  await expectNoBarriers(page);
  await page.unroute("**/v1/lists**");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByPlaceholder("What needs to be done?")).toBeVisible();
});

test("the sync status counts changes while offline, and they are sent later", async ({ page, context }) => {
  const todos = new TodoPage(page);
  await todos.add("Before");
  await todos.saved();
  await context.setOffline(true);
  await todos.add("In the tunnel");
  await expect(todos.sync).toHaveText("Offline: 1 change kept on this device");
  await expect(todos.item("In the tunnel")).toContainText("Not saved yet");
  await page.getByRole("link", { name: "Active", exact: true }).click();
  await expect(todos.titles).toHaveText(["Before", "In the tunnel"]);
  await context.setOffline(false);
  await todos.saved();
  await expect(todos.item("In the tunnel")).not.toContainText("Not saved yet");
});

test("a row keeps its place and its size in every state", async ({ page, context }) => {
  const todos = new TodoPage(page);
  await todos.add("One", "Two", "Three");
  await todos.saved();
  const boxes = () =>
    page.evaluate(async () => {
      const rows = [...document.querySelectorAll("[data-testid=todo-item]")];
      // A new row slides into its place.
      await Promise.allSettled(rows.flatMap((row) => row.getAnimations().map(({ finished }) => finished)));
      return rows.map((row) => {
        const { y, height } = row.getBoundingClientRect();
        const text = row.querySelector("[data-testid=todo-title], [data-line-editor] input")?.getBoundingClientRect();
        return { y, height, middle: text && Math.round(text.y + text.height / 2 - y) };
      });
    });
  const before = await boxes();
  await todos.checkbox("Two").check();
  expect(await boxes(), "completed").toEqual(before);
  await todos.items.nth(1).hover();
  expect(await boxes(), "under the pointer").toEqual(before);
  await todos.edit("Two");
  expect(await boxes(), "edited").toEqual(before);
  await page.keyboard.press("Escape");
  await todos.items.nth(1).hover();
  await todos.items.nth(1).getByRole("button", { name: "Set a due date" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Tomorrow" }).click();
  expect(await boxes(), "with a due date").toEqual(before);
  await todos.saved();
  await context.setOffline(true);
  await todos.checkbox("Three").check();
  await expect(todos.item("Three")).toContainText("Not saved yet");
  expect(await boxes(), "offline").toEqual(before);
  await context.setOffline(false);
  await todos.saved();
});

test("a list prints as its todos, in black on white", async ({ page }) => {
  const todos = new TodoPage(page);
  await todos.add("Buy milk");
  await todos.saved();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.getByRole("heading", { name: "Inbox" })).toBeVisible();
  await expect(todos.checkbox("Buy milk")).toBeVisible();
  for (const role of ["banner", "complementary", "contentinfo", "navigation", "button"] as const)
    for (const part of await page.getByRole(role).all()) await expect(part).toBeHidden();
  await expect(todos.input).toBeHidden();
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(255, 255, 255)");
  await expect(todos.titles.first()).toHaveCSS("color", "rgb(0, 0, 0)");
});

test("reduced motion disables animations", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const todos = new TodoPage(page);
  await todos.add("Still");
  await todos.checkbox("Still").check();
  const moving = await page.evaluate(() =>
    document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 1),
  );
  expect(moving).toEqual([]);
});

test("touch targets are large enough", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await new TodoPage(page).add("One");
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, a[href], input")]
      .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .map((element) => ({
        name: element.ariaLabel ?? element.textContent,
        box: (element.closest("label") ?? element).getBoundingClientRect(),
      }))
      .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
      .map(({ name }) => name),
  );
  expect(small).toEqual([]);
});

for (const width of [360, 1440])
  test(`all states are accessible at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const todos = new TodoPage(page);
    const check = async (state: string, ...exceptions: string[]) => {
      await expectNoBarriers(page, { except: exceptions });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), state).toBeLessThanOrEqual(width);
    };
    await check("empty");
    await todos.add("Water the plants", "Buy milk");
    await todos.checkbox("Water the plants").check();
    await todos.saved();
    await check("filled");
    await expectWholeFocusRings(page);
    await todos.openMenu("Buy milk", "Details");
    await page.getByRole("dialog").getByRole("button", { name: "Today" }).click();
    await page.getByRole("dialog").getByLabel("Notes").fill("Oat");
    await check("details");
    await expectWholeFocusRings(page);
    await page.keyboard.press("Escape");
    await todos.edit("Buy milk");
    await check("editing");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "More for Buy milk" }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    // A menu is rendered outside of the page's landmarks.
    await check("menu", "region");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Clear completed" }).click();
    await expect(page.getByTestId("toast")).toBeVisible();
    await check("toast");
    await todos.checkbox("Buy milk").focus();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    await check("shortcuts");
    await page.goto("/todos?list=lst_01KAGS0000000000000000000");
    await expect(page.getByRole("link", { name: "Go to the inbox" })).toBeVisible();
    await check("unknown list");
  });

test("a title that another device has changed is shown as a conflict with a choice", async ({ page }) => {
  const todos = new TodoPage(page);
  const changeElsewhere = (title: string) =>
    page.evaluate(async (theirs) => {
      const { accessToken } = await (await fetch("/v1/session/refresh", { method: "POST" })).json();
      const authorization = `Bearer ${accessToken}`;
      const [inbox] = await (await fetch("/v1/lists", { headers: { authorization } })).json();
      const [todo] = await (await fetch(`${inbox.url}/todos`, { headers: { authorization } })).json();
      const headers = { authorization, "content-type": "application/merge-patch+json" };
      await fetch(todo.url, { method: "PATCH", headers, body: JSON.stringify({ title: theirs }) });
    }, title);
  await todos.add("Buy milk");
  await todos.saved();
  const field = await todos.edit("Buy milk");
  await changeElsewhere("Buy oat milk");
  await field.fill("Buy soya milk");
  await field.press("Enter");
  const problem = page.getByTestId("problem");
  await expect(problem).toContainText("Buy soya milk");
  await expect(problem).toContainText("Buy oat milk");
  await expect(todos.sync).toHaveText("1 change for you to decide");
  await expectNoBarriers(page);
  await problem.getByRole("button", { name: "Keep both, as two todos" }).click();
  await expect(problem).toHaveCount(0);
  await expect(todos.items).toHaveCount(2);
  await expect(todos.item("Buy oat milk")).toHaveCount(1);
  await expect(todos.item("Buy soya milk")).toHaveCount(1);
});
