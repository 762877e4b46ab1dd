import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { TodoPage } from "../todos/todo-page.ts";
import { enterAndKeep, expect, kept, openTab, test } from "./fixtures.ts";
import { secondPlaceholder } from "./second-build.ts";

const firstPlaceholder = "What needs to be done?";
const offer = (page: Page) => page.getByTestId("toast").filter({ hasText: "A new version is ready." });
const accept = (page: Page) => offer(page).getByRole("button", { name: "Reload" }).click();
/** Checks for a new version. @returns "installed", or "redundant" if the browser could not fetch all files */
const update = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const worker = registration.installing ?? registration.waiting;
    while (worker?.state === "installing") {
      await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
    }
    return worker?.state;
  });
/** Returns the builds whose chunks the page has loaded. */
const builds = (page: Page) =>
  page.evaluate(() => {
    const scripts = [...document.scripts].map(({ src }) => src).filter((src) => src.includes("/static/chunks/"));
    return [...new Set(scripts.map((src) => (src.includes("/second-") ? "second" : "first")))];
  });

test("offers a new version, runs the old one until the user accepts, and keeps typed text", async ({
  page,
  front,
  mailbox,
  person,
}) => {
  const todos = await enterAndKeep(page, mailbox, person);
  front.build = "second";
  front.keepsEarlier = false;
  expect(await update(page)).toBe("installed");
  await expect(offer(page)).toBeVisible();
  await page.reload();
  await expect(page.getByPlaceholder(firstPlaceholder)).toBeVisible();
  expect(await builds(page)).toEqual(["first"]);

  await todos.input.fill("Half a thought");
  await accept(page);
  await expect(page.getByPlaceholder(secondPlaceholder)).toHaveValue("Half a thought");
  expect(await builds(page)).toEqual(["second"]);
  await expect(offer(page)).toBeHidden();
  await expect.poll(async () => (await kept(page)).caches).toEqual([expect.stringContaining("second-")]);
});

test("starts a new version when all tabs were closed, even without a network", async ({
  page,
  context,
  front,
  mailbox,
  person,
}) => {
  await enterAndKeep(page, mailbox, person);
  front.build = "second";
  expect(await update(page)).toBe("installed");
  await expect(offer(page)).toBeVisible();
  await page.close();
  await front.stop();
  const { page: next } = await openTab(context);
  await expect(next.getByPlaceholder(secondPlaceholder)).toBeVisible();
  expect(await builds(next)).toEqual(["second"]);
});

test("keeps another tab on the old version with all of its parts until the user reloads it", async ({
  page,
  context,
  front,
  mailbox,
  person,
}) => {
  await enterAndKeep(page, mailbox, person);
  const other = await openTab(context);
  await other.add("Read the book");
  front.build = "second";
  front.keepsEarlier = false;
  expect(await update(page)).toBe("installed");
  await accept(page);
  await expect(page.getByPlaceholder(secondPlaceholder)).toBeVisible();

  await expect(offer(other.page)).toBeVisible();
  await other.openMenu("Read the book", "Details");
  await expect(other.page.getByRole("dialog")).toBeVisible();
  await other.page.keyboard.press("Escape");
  expect(await builds(other.page)).toEqual(["first"]);
  expect((await kept(page)).caches).toHaveLength(2);

  await accept(other.page);
  await expect(other.page.getByPlaceholder(secondPlaceholder)).toBeVisible();
  await page.close();
  await other.page.reload();
  await expect.poll(async () => (await kept(other.page)).caches).toHaveLength(1);
});

test("rejects a version of which a file is missing", async ({ page, front, mailbox, person }) => {
  const todos = await enterAndKeep(page, mailbox, person);
  const worker = await (async () => {
    front.build = "second";
    const text = await (await fetch(`${front.url}/sw.js`)).text();
    front.build = "first";
    return text;
  })();
  // The worker and its chunks are of the second build, but the pages are still of the first.
  front.instead.set("/sw.js", { type: "text/javascript", text: worker });
  expect(await update(page)).toBe("redundant");
  await page.reload();
  await expect(page.getByPlaceholder(firstPlaceholder)).toBeVisible();
  await expect(offer(page)).toBeHidden();
  expect((await kept(page)).caches).toHaveLength(1);
  await todos.add("All is well");
  await todos.saved();
});

test("is removed where the app is served without a build", async ({ page, front, mailbox, person }) => {
  await enterAndKeep(page, mailbox, person);
  const file = path.resolve(import.meta.dirname, "../../../packages/web/public/sw.js");
  front.instead.set("/sw.js", { type: "text/javascript", text: readFileSync(file, "utf8") });
  await page.reload();
  await expect.poll(() => kept(page).catch(() => undefined)).toEqual({ caches: [], workers: 0 });
  expect(await new TodoPage(page).input.isVisible()).toBe(true);
});
