import { createServer } from "node:http";
import { startTestTable } from "@daybook/core/db/test-table";
import { listen } from "@daybook/local/http";
import { type Job, type Measurement, measure, type Timing } from "./measurement.ts";
import { record } from "./record.ts";
import type { Calls } from "./recorded-calls.ts";
import { operationsOf, withCalls } from "./replayed-events.ts";
import type { Scene } from "./scene.ts";
import { environmentOf, prepareAll, scenes } from "./scenes.ts";
import { variantsOf } from "./variants.ts";

/** How often is measured. */
export interface Effort {
  /** Processes of each variant whose start is measured. */
  readonly starts: number;
  /** Calls of a running function whose times do not count, because it is still warming up. */
  readonly warmUps: number;
  readonly calls: number;
}

export interface Result {
  readonly scene: Scene;
  /** Name of the variant. */
  readonly variant: string;
  /** Starts with the first call, on a whole core, and with the part of a core that 1,024 MB buy. */
  readonly starts: Measurement[];
  readonly slowStarts: Measurement[];
  /** Calls of a running function, one by one and 50 at once. */
  readonly warm: Timing[];
  readonly crowded: Timing[];
}

/** Lambda gives a function one core for 1,769 MB of memory. */
const shareOf = (megabytes: number) => megabytes / 1_769;

/** Starts an endpoint that accepts all mail. */
async function startMailEndpoint() {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.end(JSON.stringify({ MessageId: "bench" })));
  });
  const { port, close } = await listen(server, 0);
  return { url: `http://127.0.0.1:${port}`, close };
}

type Run = (job: Job, share?: number) => Promise<Measurement>;

/** Measures all variants of a scene. They take turns, so that a change of the machine's load meets all. */
async function compareScene(
  scene: Scene,
  plainEvents: readonly object[],
  calls: readonly Calls[],
  effort: Effort,
  run: Run,
): Promise<Result[]> {
  const events = withCalls(plainEvents, calls);
  const first = events.slice(0, 1);
  const variants = await variantsOf(scene, operationsOf(calls));
  const measured = variants.map((code) => {
    const result: Result = { scene, variant: code.name, starts: [], slowStarts: [], warm: [], crowded: [] };
    return { code, result };
  });
  for (let turn = 0; turn < effort.starts; turn += 1) {
    for (const { code, result } of measured) {
      result.starts.push(await run({ ...code, events: first, atOnce: 1 }));
      result.slowStarts.push(await run({ ...code, events: first, atOnce: 1 }, shareOf(1_024)));
    }
  }
  for (const { code, result } of measured) {
    const timesOf = async (atOnce: number) => (await run({ ...code, events, atOnce })).calls.slice(effort.warmUps);
    result.warm.push(...(await timesOf(1)));
    result.crowded.push(...(await timesOf(50)));
  }
  return measured.map(({ result }) => result);
}

/** Compares Daybook's functions with other code that makes the same calls. @param progress receives the next scene */
export async function compare(effort: Effort, progress: (scene: string) => void): Promise<Result[]> {
  const table = await startTestTable();
  const mail = await startMailEndpoint();
  const run: Run = async (job, share) => {
    // Each run gets a copy of the table, because most events can happen only once.
    const copy = await startTestTable(table);
    try {
      return await measure(job, environmentOf(copy, { dynamodb: copy.config.endpoint, ses: mail.url }), share);
    } finally {
      await copy.close();
    }
  };
  try {
    const prepared = await prepareAll(table, scenes, effort.warmUps + effort.calls);
    const recorded = await record(table, prepared);
    const results: Result[] = [];
    for (const [scene, events] of prepared) {
      progress(scene.name);
      results.push(...(await compareScene(scene, events, recorded.get(scene) ?? [], effort, run)));
    }
    return results;
  } finally {
    await mail.close();
    await table.close();
  }
}
