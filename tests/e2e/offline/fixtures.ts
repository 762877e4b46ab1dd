import type { BrowserContext, Page } from "@playwright/test";
import { test as base, enter, expect } from "../fixtures.ts";
import { TodoPage } from "../todos/todo-page.ts";
import { type Front, openFront } from "./front.ts";

export { expect };

/** A test with service workers, behind its own server, which can stop and can serve another build. */
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

/** Returns the names of the caches and the number of service workers. */
export const kept = (page: Page) =>
  page.evaluate(async () => ({
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));

/** Returns the cached entries, sorted by path. */
export const cached = (page: Page): Promise<{ path: string; text: string }[]> =>
  page.evaluate(async () => {
    const entries: { path: string; text: string }[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        entries.push({ path: new URL(request.url).pathname, text: (await response?.text()) ?? "" });
      }
    }
    return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  });

/** Waits until the browser has cached the app and the service worker is active. */
export const untilKept = (page: Page) =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active?.state !== "activated") {
      await new Promise((resolve) => active?.addEventListener("statechange", resolve, { once: true }));
    }
  });

/** Signs in, and waits until the app is cached. */
export async function enterAndKeep(page: Page, mailbox: string, person: { email: string; password: string }) {
  await enter(page, mailbox, person);
  await untilKept(page);
  return new TodoPage(page);
}

/** Opens the todos in another tab. */
export async function openTab(context: BrowserContext, address = "/todos"): Promise<TodoPage> {
  const page = await context.newPage();
  await page.goto(address);
  return new TodoPage(page);
}
