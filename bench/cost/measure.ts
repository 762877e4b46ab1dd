import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Cloud, startCloud } from "@daybook/local/cloud";
import { watchCapacity } from "./capacity.ts";
import { signUp, spendDay } from "./day.ts";
import { combine, type Measured, nothing, type Usage } from "./usage.ts";

const root = path.resolve(import.meta.dirname, "../..");
const people = 3;

type Counters = { -readonly [Member in keyof Usage]: number };

/** Lines of the log that tell of a function's run: of the API, of streams and of queues. */
const runs = [
  / ApiApi +[A-Z]+ \S+ \d+ (?<ms>\d+) ms \w+/,
  / streams +\w+ got \d+ records? in (?<ms>\d+) ms/,
  / sqs +\w+ did \d+ of \d+ messages in (?<ms>\d+) ms/,
  / edge +[A-Z]+ \S+ \d+ (?<ms>\d+) ms Site\w*Function/,
];

/** Counts what a cloud is used for, as the services themselves see it. */
function observe(cloud: Cloud, logFile: string, calls: { count: number }) {
  const counters: Counters = { ...nothing };
  const capacity = watchCapacity(cloud.dynamo.engine);
  const browser: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    counters.edgeRequests += 1;
    const length = response.headers.get("content-length");
    counters.edgeBytes += length === null ? (await response.clone().arrayBuffer()).byteLength : Number(length);
    return response;
  };
  const linesSoFar = () => readFileSync(logFile, "utf8").split("\n");
  const soFar = async (): Promise<Usage> => {
    await cloud.streams.drained();
    const lines = linesSoFar();
    const times = lines.flatMap((line) => runs.map((run) => run.exec(line)?.groups?.ms).find(Boolean) ?? []);
    return {
      ...counters,
      ...capacity.soFar(),
      apiRequests: lines.filter((line) => runs[0]?.test(line)).length,
      invocations: times.length,
      functionMs: times.reduce((sum, ms) => sum + Number(ms), 0),
      serviceCalls: calls.count,
      mails: cloud.mailbox.list().length,
      storedBytes: await capacity.storedBytes(),
    };
  };
  return { browser, soFar };
}

/** What a piece of work uses. */
async function usedBy(soFar: () => Promise<Usage>, work: () => Promise<unknown>): Promise<Usage> {
  const before = await soFar();
  await work();
  const after = await soFar();
  return combine((member) => after[member] - before[member]);
}

/** Loads a page, and with `files` all scripts, styles and fonts that it names. */
async function loadPage(url: string, browser: typeof fetch, files: boolean): Promise<void> {
  const page = await browser(`${url}/todos`);
  if (!page.ok) throw new Error(`The page answers ${page.status}: is the web app built?`);
  const html = await page.text();
  const named = new Set([...html.matchAll(/\/_next\/static\/[\w./~-]+/g)].map(([file]) => file));
  if (files) for (const file of named) await browser(`${url}${file}`);
}

/** Measures what people use of a local cloud of their own. The web app must have been built. */
export async function measure(): Promise<Measured> {
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), "daybook-cost-"));
  const calls = { count: 0 };
  const cloud = await startCloud({
    graphFile: path.join(root, "infra/graph.local.json"),
    root,
    dataFolder,
    cacheFolder: path.join(root, ".build"),
    onAllowed: (principal) => {
      // The developer, and what stands for AWS's own services, has no policy.
      if (principal.statements) calls.count += 1;
    },
  });
  try {
    const { browser, soFar } = observe(cloud, path.join(dataFolder, "daybook.log"), calls);
    const place = { url: cloud.url, mailUrl: cloud.mailUrl };
    const newPerson = () => signUp(place, `person-${randomUUID()}@example.com`, browser);
    // The first one waits for functions to start; that is counted apart, as an assumption.
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
    };
  } finally {
    await cloud.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
