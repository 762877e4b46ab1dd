import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { operations } from "@daybook/core/api";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { signUp } from "./fixtures.ts";
import { expect, test } from "./reading/fixtures.ts";

const web = path.resolve(import.meta.dirname, "../../packages/web");
const gzipKB = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length / 1000;

/**
 * The scripts that Next.js loads on every page: React, the router and the runtime. They do not count toward a page's
 * weight, because the app cannot make them smaller.
 */
function frameworkFloor(): { scripts: readonly string[]; kB: number } {
  const manifest: { rootMainFiles: string[] } = JSON.parse(
    readFileSync(path.join(web, ".next/build-manifest.json"), "utf8"),
  );
  const scripts = manifest.rootMainFiles.map((file) => `/_next/${file}`);
  return { scripts, kB: manifest.rootMainFiles.reduce((sum, file) => sum + gzipKB(path.join(web, ".next", file)), 0) };
}

interface Weight {
  /** JavaScript above the framework's floor. */
  readonly js: number;
  readonly css: number;
  readonly fonts: number;
  readonly html: number;
}

/**
 * Measures what a browser with an empty cache loads for a page until the network is idle, in kB after gzip. Excludes
 * prefetches of linked pages, and the bar of local mode, which deployed pages do not load.
 */
async function weigh(page: Page, url: string): Promise<Weight> {
  const floor = frameworkFloor();
  const weight = { js: 0, css: 0, fonts: 0, html: 0 };
  const bodies: Promise<void>[] = [];
  await page.addInitScript(() => localStorage.setItem("daybook.local-bar", "hidden"));
  await page.route(
    (address) => address.searchParams.has("_rsc"),
    (route) => route.abort(),
  );
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    const type = response.request().resourceType();
    const kind = type === "script" ? "js" : type === "stylesheet" ? "css" : type === "font" ? "fonts" : type;
    if (kind === "document") bodies.push(add("html", response.body()));
    else if (kind === "css" || kind === "fonts") bodies.push(add(kind, response.body()));
    else if (kind === "js" && !floor.scripts.includes(pathname)) bodies.push(add("js", response.body()));
  });
  const add = async (kind: keyof Weight, body: Promise<Buffer>) => {
    const content = await body;
    // Fonts are already compressed.
    weight[kind] += (kind === "fonts" ? content.length : gzipSync(content, { level: 9 }).length) / 1000;
  };
  await page.goto(url);
  await page.waitForLoadState("networkidle");
  await Promise.all(bodies);
  return weight;
}

/** The budget of each page in kB. */
const budgets: Readonly<Record<string, { readonly path: string } & Weight>> = {
  landing: { path: "/", js: 20, css: 12, fonts: 110, html: 20 },
  "sign-in": { path: "/sign-in", js: 62, css: 12, fonts: 110, html: 6 },
  // It describes every operation.
  "api reference": { path: "/docs/api", js: 15, css: 12, fonts: 110, html: 1.13 * Object.keys(operations).length },
  todos: { path: "/todos", js: 66, css: 12, fonts: 110, html: 6 },
  // The editor and the preview are loaded when the first post is opened.
  "writing desk": { path: "/write", js: 56, css: 14, fonts: 110, html: 6 },
};

/** The budget of the blog's pages, which need no JavaScript and load hardly any. */
const readingBudget: Weight = { js: 10, css: 14, fonts: 170, html: 12 };

/** Measures a page with this context's storage and an empty cache. */
async function expectWithin(
  name: string,
  url: string,
  budget: Weight,
  { browser, context, baseURL }: { browser: Browser; context: BrowserContext; baseURL: string | undefined },
): Promise<void> {
  const state = await context.storageState();
  const cold = await browser.newContext({ ...(baseURL && { baseURL }), storageState: state });
  const weight = await weigh(await cold.newPage(), url);
  await cold.close();
  const row = Object.entries(weight).map(([kind, kB]) => `${kind} ${kB.toFixed(1)}`);
  process.stdout.write(`${name.padEnd(14)} ${row.join(", ")} kB; framework ${frameworkFloor().kB.toFixed(1)} kB\n`);
  for (const [kind, kB] of Object.entries(weight))
    expect.soft(kB, `${kind} of ${name}`).toBeLessThanOrEqual(Object(budget)[kind]);
}

test.describe("the first load, above the framework's floor", () => {
  test.skip(process.env.DAYBOOK_TEST_DATA === undefined, "the development server sends other files than the build");

  for (const [name, { path: url, ...budget }] of Object.entries(budgets)) {
    test(`of ${name} stays within its budget`, async ({ page, context, browser, baseURL, mailbox, person }) => {
      if (["todos", "writing desk"].includes(name)) await signUp(page, mailbox, person);
      await expectWithin(name, url, budget, { browser, context, baseURL });
    });
  }

  // Long enough that the comments at the end do not load.
  const long = `## Words\n\nand \`code\`.\n\n${"A paragraph that takes some lines of the page. ".repeat(20).concat("\n\n").repeat(30)}`;
  test("of the blog and a post stays within the budget", async ({ context, browser, baseURL, author }) => {
    const { page: address } = await author.publish({ title: "A post", body: long });
    for (const [name, url] of [
      ["blog", "/blog"],
      ["post", new URL(address ?? "").pathname],
    ] as const)
      await expectWithin(name, url, readingBudget, { browser, context, baseURL });
  });
});
