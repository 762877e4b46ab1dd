import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { Cloud } from "@daybook/local/cloud";
import { watchCapacity } from "./capacity.ts";
import { combine, nothing, type Usage } from "./usage.ts";

type Counters = { -readonly [Member in keyof Usage]: number };

/** Log lines of invocations, by the API, streams and queues. */
const runs = [
  / ApiApi +[A-Z]+ \S+ \d+ (?<ms>\d+) ms \w+/,
  / streams +\w+ received \d+ records? in (?<ms>\d+) ms/,
  / sqs +\w+ processed \d+ of \d+ messages in (?<ms>\d+) ms/,
  / edge +[A-Z]+ \S+ \d+ (?<ms>\d+) ms Site\w*Function/,
];

/** Calls made by functions. Calls with a separate price are also counted separately. */
export interface Calls {
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
export function observe(cloud: Cloud, logFile: string, calls: Calls) {
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

export type Observed = ReturnType<typeof observe>;

/** Returns the usage of a piece of work. */
export async function usedBy(soFar: () => Promise<Usage>, work: () => Promise<unknown>): Promise<Usage> {
  const before = await soFar();
  await work();
  const after = await soFar();
  return combine((member) => after[member] - before[member]);
}
