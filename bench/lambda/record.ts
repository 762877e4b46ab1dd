import { pathToFileURL } from "node:url";
import { startTestTable, type TestTable } from "@daybook/core/db/test-table";
import { context } from "./lambda-context.ts";
import { type Calls, startRecorder } from "./recorded-calls.ts";
import type { Scene } from "./scene.ts";
import { environmentOf } from "./scenes.ts";
import { daybookVariant } from "./variants.ts";

type Handler = (event: object, context: object) => Promise<unknown>;

/** Runs Daybook's functions with all events, on a copy of the table, and returns the calls that each event caused. */
export async function record(table: TestTable, prepared: ReadonlyMap<Scene, readonly object[]>) {
  const copy = await startTestTable(table);
  const recorder = await startRecorder(copy.config.endpoint);
  const write = process.stdout.write.bind(process.stdout);
  try {
    // The functions log each event.
    process.stdout.write = () => true;
    Object.assign(process.env, environmentOf(copy, { dynamodb: recorder.url, ses: recorder.url }));
    const recorded = new Map<Scene, Calls[]>();
    for (const [scene, events] of prepared) {
      const { file, handler } = await daybookVariant(scene.functionName);
      const code: Record<string, Handler> = await import(pathToFileURL(file).href);
      const calls: Calls[] = [];
      for (const event of events) {
        await code[handler]?.(event, context);
        calls.push(recorder.take());
      }
      recorded.set(scene, calls);
    }
    return recorded;
  } finally {
    process.stdout.write = write;
    await recorder.close();
    await copy.close();
  }
}
