import type { BrowserContext, Page } from "@playwright/test";
import { test as base, enter, expect } from "../fixtures.ts";
import { TodoPage } from "../todo-page.ts";
import { type Front, openFront } from "./front.ts";

export { expect };

/** Tests with service workers, behind a server of their own, which can go away and serve another build. */
export const test = base.extend<{ front: Front }>({
  serviceWorkers: "allow",
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
  front: async ({}, use) => {
    const front = await openFront(process.env.DAYBOOK_URL ?? "");
    await use(front);
    await front.stop();
  },
  baseURL: async ({ front }, use) => use(front.url),
});

/** The names of the caches, and whether a worker serves the app. */
export const kept = (page: Page) =>
  page.evaluate(async () => ({
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));

/** Until the browser has all of the app, and the page is served from it. */
export const untilKept = (page: Page) =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active?.state !== "activated") {
      await new Promise((resolve) => active?.addEventListener("statechange", resolve, { once: true }));
    }
  });

/** Signs in, and goes on until the app is kept for later visits. */
export async function enterAndKeep(page: Page, mailbox: string, person: { email: string; password: string }) {
  await enter(page, mailbox, person);
  await untilKept(page);
  return new TodoPage(page);
}

/** The todos in another tab of the browser. */
export async function openTab(context: BrowserContext, address = "/todos"): Promise<TodoPage> {
  const page = await context.newPage();
  await page.goto(address);
  return new TodoPage(page);
}
