import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Cloud, startCloud } from "@daybook/local/cloud";
import { becomeAuthor, comment, readPost, removePost, type UploadCover, writePost } from "./blog.ts";
import { watchCapacity } from "./capacity.ts";
import { type Person, signUp, spendDay } from "./day.ts";
import { combine, type Measured, nothing, type Usage } from "./usage.ts";

const root = path.resolve(import.meta.dirname, "../..");
const people = 3;

type Counters = { -readonly [Member in keyof Usage]: number };

/** Log lines of invocations, by the API, streams and queues. */
const runs = [
  / ApiApi +[A-Z]+ \S+ \d+ (?<ms>\d+) ms \w+/,
  / streams +\w+ received \d+ records? in (?<ms>\d+) ms/,
  / sqs +\w+ processed \d+ of \d+ messages in (?<ms>\d+) ms/,
  / edge +[A-Z]+ \S+ \d+ (?<ms>\d+) ms Site\w*Function/,
];

/** Calls made by functions. Calls with a separate price are also counted separately. */
interface Calls {
  all: number;
  events: number;
  files: number;
  filesRead: number;
}

/**
 * Reads of the key-value store per request: the routes and the route's settings, and for the site three names under
 * which it may be a file.
 */
const keyValueReadsOf = (url: URL) => (/^\/(v1|media)(\/|$)/.test(url.pathname) ? 2 : 5);

/** Log lines of invalidations. Each path of an invalidation counts. */
const invalidation = / edge +\S+ invalidated (?<paths>.*): \d+ cached responses dropped/;
const pathsIn = (line: string) => invalidation.exec(line)?.groups?.paths?.split(" ").length ?? 0;

/** Counts the usage of a cloud, as its services report it. */
function observe(cloud: Cloud, logFile: string, calls: Calls) {
  const counters: Counters = { ...nothing };
  const capacity = watchCapacity(cloud.dynamo.engine);
  const browser: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    counters.edgeRequests += 1;
    counters.keyValueReads += keyValueReadsOf(new URL(response.url));
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
      serviceCalls: calls.all,
      events: calls.events,
      filesWritten: calls.files,
      filesRead: calls.filesRead,
      invalidatedPaths: lines.reduce((sum, line) => sum + pathsIn(line), 0),
      mails: cloud.mailbox.list().length,
      storedBytes: await capacity.storedBytes(),
    };
  };
  /**
   * Waits until no invocation or invalidation was logged for the given milliseconds. Events pass through queues, and
   * some of them deliver with a delay.
   */
  const settle = async (quietMs: number): Promise<void> => {
    const eventful = () =>
      linesSoFar().filter((line) => pathsIn(line) > 0 || runs.some((run) => run.test(line))).length;
    for (let [before, since] = [-1, Date.now()]; Date.now() - since < quietMs; await setTimeout(250)) {
      const now = eventful();
      if (now !== before) [before, since] = [now, Date.now()];
    }
  };
  return { browser, soFar, settle };
}

/** Returns the usage of a piece of work. */
async function usedBy(soFar: () => Promise<Usage>, work: () => Promise<unknown>): Promise<Usage> {
  const before = await soFar();
  await work();
  const after = await soFar();
  return combine((member) => after[member] - before[member]);
}

/** Loads a page. With `files`, also loads all scripts, styles and fonts in it. */
async function loadPage(url: string, browser: typeof fetch, files: boolean): Promise<void> {
  const page = await browser(`${url}/todos`);
  if (!page.ok) throw new Error(`The page returned ${page.status}. Check that the web app is built.`);
  const html = await page.text();
  const named = new Set([...html.matchAll(/\/_next\/static\/[\w./~-]+/g)].map(([file]) => file));
  if (files) for (const file of named) await browser(`${url}${file}`);
}

/** Milliseconds. Longer than any pause between two steps that follow from a post or a comment. */
const quietMs = 12_000;
/** Milliseconds after which the edge asks the site for a page again. */
const edgeMs = 3000;

/**
 * Measures a post, a reader and a comment. Each is done once before, so that functions are warm and pages are
 * generated.
 */
async function measureBlog(
  { soFar, browser, settle }: ReturnType<typeof observe>,
  url: string,
  [author, reader]: readonly [Person, Person],
  uploadCover: UploadCover,
): Promise<Pick<Measured, "post" | "reading" | "comment" | "removal">> {
  await becomeAuthor(author, `ada-${randomUUID().slice(0, 8)}`);
  const first = await writePost(author, uploadCover);
  await comment(reader, first);
  // Cleanup jobs are delayed by 15 seconds.
  await settle(20_000);
  let published = first;
  const post = await usedBy(soFar, async () => {
    published = await writePost(author, uploadCover);
    await settle(quietMs);
  });
  await readPost(url, published, browser);
  await setTimeout(edgeMs);
  return {
    post,
    reading: await usedBy(soFar, () => readPost(url, published, browser)),
    comment: await usedBy(soFar, async () => {
      await comment(reader, published);
      await settle(quietMs);
    }),
    removal: await usedBy(soFar, async () => {
      await removePost(author, published);
      await settle(quietMs);
    }),
  };
}

/** Measures the usage of a temporary local cloud. The web app must have been built. */
export async function measure(uploadCover: UploadCover): Promise<Measured> {
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
      ...(await measureBlog(observed, cloud.url, [await newPerson(), await newPerson()], uploadCover)),
    };
  } finally {
    await cloud.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
