import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { freePorts } from "@daybook/local/ports";
import { type BrowserContext, chromium } from "@playwright/test";
import lighthouse, { type Result } from "lighthouse";
import pc from "picocolors";
import { startTestCloud } from "../tests/cloud.ts";
import { browserOptions } from "../tests/e2e/browser.ts";
import { demoBlog, untilPublished } from "./lib/blog-pages.ts";
import { demoAccount } from "./lib/demo.ts";
import { signInAs, withoutLocalBar } from "./lib/pages.ts";
import { run, step } from "./lib/terminal.ts";
import { buildWeb } from "./lib/web.ts";
import { seed } from "./seed/seed.ts";

const categories = ["performance", "accessibility", "best-practices", "seo"] as const;
type Category = (typeof categories)[number];

/** The measured pages by name. The last one requires signing in. */
const pages = {
  landing: "/",
  // #region blog
  blog: "/blog",
  post: demoBlog.post,
  // #endregion blog
  "sign-in": "/sign-in",
  api: "/docs/api",
  todos: "/todos",
} as const;

/** Median of five runs of a page: its scores from 0 to 100, and the failed audits of the median run. */
interface Verdict {
  readonly name: string;
  readonly scores: Readonly<Record<Category, number>>;
  readonly failures: readonly string[];
}

const scoreOf = (result: Result, category: Category) => Math.round((result.categories[category]?.score ?? 0) * 100);

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Returns the audits that cost points, with their locations. */
function failuresOf(result: Result): string[] {
  const scored = categories.flatMap((category) =>
    (result.categories[category]?.auditRefs ?? []).filter(({ weight }) => weight > 0),
  );
  return scored.flatMap(({ id }) => {
    const audit = result.audits[id];
    if (!audit || audit.score === null || audit.score >= (audit.scoreDisplayMode === "numeric" ? 0.99 : 1)) return [];
    const places = JSON.stringify(audit.details ?? {}).matchAll(/"selector":"((?:[^"\\]|\\.)+)"/g);
    const where = [...places].slice(0, 3).map(([, selector]) => selector);
    return [[`${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ""}`, ...where].join("\n      ")];
  });
}

/** Runs Lighthouse with its default settings: a mid-range phone on a slow network. */
async function measure(name: string, url: string, port: number, runs: number): Promise<Verdict> {
  const results: Result[] = [];
  for (let i = 0; i < runs; i++) {
    const answer = await lighthouse(url, {
      port,
      output: "json",
      logLevel: "error",
      onlyCategories: [...categories],
      // Keeps the session. The caches are still cleared.
      disableStorageReset: true,
    });
    if (!answer) throw new Error(`Lighthouse returned no result for ${url}`);
    if (answer.lhr.runtimeError) throw new Error(`${url}: ${answer.lhr.runtimeError.message}`);
    results.push(answer.lhr);
  }
  const scores = Object.fromEntries(
    categories.map((category) => [category, median(results.map((result) => scoreOf(result, category)))]),
  );
  const [middle] = results
    .toSorted((a, b) => scoreOf(a, "performance") - scoreOf(b, "performance"))
    .slice(Math.floor(runs / 2));
  // One entry per category, by the line above.
  return { name, scores: scores as Verdict["scores"], failures: middle ? failuresOf(middle) : [] };
}

function print(verdicts: readonly Verdict[]): void {
  const width = 16;
  console.log(`\n  ${"".padEnd(10)}${categories.map((category) => category.padStart(width)).join("")}`);
  for (const { name, scores } of verdicts) {
    const cells = categories.map((category) => {
      const cell = String(scores[category]).padStart(width);
      return scores[category] === 100 ? pc.green(cell) : pc.red(cell);
    });
    console.log(`  ${name.padEnd(10)}${cells.join("")}`);
  }
  for (const { name, failures } of verdicts)
    if (failures.length > 0) console.log(`\n  ${pc.bold(name)}\n${failures.map((each) => `    ${each}`).join("\n")}`);
  console.log("");
}

/** Measures all pages in one browser: signed out first, then the todos of the demo account. */
async function measureAll(context: BrowserContext, port: number, url: string, runs: number): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const [name, path] of Object.entries(pages)) {
    if (name === "todos") await signInAs(context, url, demoAccount);
    verdicts.push(await step(`${name}, ${runs} times`, () => measure(name, `${url}${path}`, port, runs)));
  }
  return verdicts;
}

await run(async () => {
  const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
  const [port = 0] = await freePorts(1);
  const profile = await mkdtemp(path.join(os.tmpdir(), "daybook-lighthouse-"));
  await buildWeb();
  const cloud = await step("Starting a local cloud", () => startTestCloud());
  const options = await browserOptions();
  const args = [...(options.args ?? []), `--remote-debugging-port=${port}`];
  const context = await chromium.launchPersistentContext(profile, { ...options, args });
  try {
    const { DAYBOOK_URL: url = "", DAYBOOK_MAIL_URL: mailUrl = "" } = cloud.env;
    await withoutLocalBar(context);
    await step("Seeding the demo account", () => seed({ url, mailUrl }));
    await step("Waiting for the blog", () => untilPublished(url)); // #blog
    const verdicts = await measureAll(context, port, url, Number(values.runs));
    print(verdicts);
    if (verdicts.some(({ scores }) => categories.some((category) => scores[category] < 100))) process.exitCode = 1;
  } finally {
    await context.close();
    await cloud.remove();
    await rm(profile, { recursive: true, force: true });
  }
});
