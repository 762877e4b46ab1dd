import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

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

export interface Weight {
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

/** Measures a page with this context's storage and an empty cache. */
export async function expectWithin(
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

/** Skips the test without the build. */
export const needsBuild = () =>
  test.skip(process.env.DAYBOOK_TEST_DATA === undefined, "the development server sends other files than the build");
