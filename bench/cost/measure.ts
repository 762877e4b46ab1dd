import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startCloud } from "@daybook/local/cloud";
import type { UploadCover } from "./blog.ts";
import { signUp, spendDay } from "./day.ts";
import { measureBlog } from "./measure-blog.ts";
import { type Calls, observe, usedBy } from "./observe.ts";
import { combine, type Measured, type Usage } from "./usage.ts";

const root = path.resolve(import.meta.dirname, "../..");
const people = 3;

/** Loads a page. With `files`, also loads all scripts, styles and fonts in it. */
async function loadPage(url: string, browser: typeof fetch, files: boolean): Promise<void> {
  const page = await browser(`${url}/todos`);
  if (!page.ok) throw new Error(`The page returned ${page.status}. Check that the web app is built.`);
  const html = await page.text();
  const named = new Set([...html.matchAll(/\/_next\/static\/[\w./~-]+/g)].map(([file]) => file));
  if (files) for (const file of named) await browser(`${url}${file}`);
}

/** Measures the usage of a temporary local cloud. The web app must have been built. */
// #region blog
export async function measure(uploadCover: UploadCover): Promise<Measured> {
  // #else export async function measure(): Promise<Measured> {
  // #endregion blog
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), "daybook-cost-"));
  const calls: Calls = { all: 0, events: 0, files: 0, filesRead: 0 };
  const cloud = await startCloud({
    graphFile: path.join(root, "infra/graph.local.json"),
    root,
    dataFolder,
    cacheFolder: path.join(root, ".build"),
    onAllowed: (principal, action) => {
      // The developer and the emulated AWS services have no policy.
      if (principal.statements) calls.all += 1;
      if (action === "sns:Publish") calls.events += 1;
      if (action === "s3:PutObject") calls.files += 1;
      if (action === "s3:GetObject") calls.filesRead += 1;
    },
  });
  try {
    const observed = observe(cloud, path.join(dataFolder, "daybook.log"), calls);
    const { browser, soFar } = observed;
    const place = { url: cloud.url, mailUrl: cloud.mailUrl };
    const newPerson = () => signUp(place, `person-${randomUUID()}@example.com`, browser);
    // The first user waits for cold starts, which `assumptions` covers separately.
    await spendDay(await newPerson());
    await loadPage(cloud.url, browser, true);

    const crowd: Awaited<ReturnType<typeof newPerson>>[] = [];
    const total = {
      signUp: await usedBy(soFar, async () => {
        for (let each = 0; each < people; each += 1) crowd.push(await newPerson());
      }),
      day: await usedBy(soFar, async () => {
        for (const person of crowd) {
          await loadPage(cloud.url, browser, false);
          await spendDay(person);
        }
      }),
    };
    const mean = (usage: Usage) => combine((member) => Math.round((usage[member] / people) * 10) / 10);
    const page = await usedBy(soFar, () => loadPage(cloud.url, browser, false));
    const all = await usedBy(soFar, () => loadPage(cloud.url, browser, true));
    return {
      date: new Date().toISOString().slice(0, 10),
      people,
      signUp: mean(total.signUp),
      day: mean(total.day),
      webFiles: combine((member) => all[member] - page[member]),
      ...(await measureBlog(observed, cloud.url, [await newPerson(), await newPerson()], uploadCover)), // #blog
    };
  } finally {
    await cloud.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
