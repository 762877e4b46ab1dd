import { copyFile, mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { startTestCloud } from "../tests/cloud.ts";
import { browserOptions } from "../tests/e2e/browser.ts";
import { newPerson, signUp } from "../tests/e2e/fixtures.ts";
import { untilPublished } from "./lib/blog-pages.ts";
import { root } from "./lib/command.ts";
import { demoAccount } from "./lib/demo.ts";
import { signInAs, withoutLocalBar } from "./lib/pages.ts";
import { run, step } from "./lib/terminal.ts";
import { buildWeb } from "./lib/web.ts";
import { keptOfBlog } from "./screenshots/blog-scenes.ts";
import type { Scene, Size } from "./screenshots/scene.ts";
import { demoScenes, emptyScenes, openScenes } from "./screenshots/scenes.ts";
import { seed } from "./seed/seed.ts";

const folder = path.join(root, ".build/screenshots");
const sizes: Record<Size, { width: number; height: number }> = {
  wide: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
};
const themes = ["light", "dark"] as const;

/** Pictures used in the README. */
const kept = ["todos", ...keptOfBlog].flatMap((name) =>
  ["wide", "phone"].flatMap((size) => themes.map((theme) => `${name}-${size}-${theme}`)),
);

/** Creates a browser context without the local mode bar. A phone has touch input and no scroll bars. */
async function newContext(browser: Browser, baseURL: string, size: Size): Promise<BrowserContext> {
  const phone = size === "phone";
  const context = await browser.newContext({
    baseURL,
    viewport: sizes[size],
    isMobile: phone,
    hasTouch: phone,
    reducedMotion: "reduce",
    locale: "en-GB",
  });
  await withoutLocalBar(context);
  return context;
}

async function shoot(page: Page, { name, path: url, prepare, act, undo, whole = false }: Scene, file: string) {
  await prepare?.(page);
  await page.goto(url);
  await page.getByRole("heading").first().waitFor();
  await page.waitForLoadState("networkidle");
  await act?.(page);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(folder, `${name}-${file}.png`), fullPage: whole });
  await undo?.(page);
  await page.waitForLoadState("networkidle");
}

type Enter = (context: BrowserContext, size: Size) => Promise<void>;

/** Takes a picture of every scene at both sizes and in both themes, each on a new page. */
async function shootAll(browser: Browser, url: string, scenes: readonly Scene[], enter?: Enter): Promise<void> {
  for (const size of ["wide", "phone"] as const) {
    const context = await newContext(browser, url, size);
    await enter?.(context, size);
    for (const scene of scenes.filter(({ only = size }) => only === size)) {
      for (const colorScheme of themes) {
        const page = await context.newPage();
        await page.emulateMedia({ colorScheme });
        await shoot(page, scene, `${size}-${colorScheme}`);
        await page.close();
      }
    }
    await context.close();
  }
}

/** Takes all pictures of a running cloud. */
async function shootCloud(browser: Browser, url: string, mailUrl: string): Promise<void> {
  await step("Seeding the demo account", () => seed({ url, mailUrl }));
  await step("Waiting for the blog", () => untilPublished(url)); // #blog
  await step("Public pages", () => shootAll(browser, url, openScenes));
  await step("The mailbox", () => shootAll(browser, url, [{ name: "mailbox", path: mailUrl }]));
  await step("An empty inbox", () =>
    shootAll(browser, url, emptyScenes, async (context, size) => {
      const page = await context.newPage();
      await signUp(page, mailUrl, { ...newPerson(), email: `sam@${size}.example` });
      await page.close();
    }),
  );
  await step("The demo account", () =>
    shootAll(browser, url, demoScenes, (context) => signInAs(context, url, demoAccount)),
  );
}

await run(async () => {
  await buildWeb();
  const cloud = await step("Starting a local cloud", () => startTestCloud());
  const instance = await chromium.launch(await browserOptions());
  try {
    await rm(folder, { recursive: true, force: true });
    const { DAYBOOK_URL = "", DAYBOOK_MAIL_URL = "" } = cloud.env;
    await shootCloud(instance, DAYBOOK_URL, DAYBOOK_MAIL_URL);
    await mkdir(path.join(root, "docs/screenshots"), { recursive: true });
    for (const name of kept)
      await copyFile(path.join(folder, `${name}.png`), path.join(root, `docs/screenshots/${name}.png`));
    console.log(`\n  All are in ${path.relative(process.cwd(), folder)}; the README's in docs/screenshots\n`);
  } finally {
    await instance.close();
    await cloud.remove();
  }
});
