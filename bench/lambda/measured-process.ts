import { pathToFileURL } from "node:url";
import { context } from "./lambda-context.ts";
import type { Job, Measurement, Timing } from "./measurement.ts";

/* Runs in a process of its own: loads a function's code as Lambda does, and measures it from the inside. */

type Handler = (event: object, context: object) => Promise<{ readonly statusCode?: number } | undefined>;

async function timed<Result>(run: () => Promise<Result>): Promise<{ result: Result; timing: Timing }> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const result = await run();
  const { user, system } = process.cpuUsage(cpu);
  return { result, timing: { wallMs: performance.now() - start, cpuMs: (user + system) / 1000 } };
}

async function measure({ file, handler: name, events, atOnce }: Job): Promise<Measurement> {
  const { result: code, timing: load } = await timed(() => import(pathToFileURL(file).href));
  const handler: Handler = code[name] ?? code.default[name];
  const call = (event: object) =>
    timed(async () => {
      const response = await handler(event, context);
      if (response?.statusCode && response.statusCode >= 400) throw new Error(JSON.stringify(response));
    });
  const timings: Timing[] = [];
  for (let at = 0; at < events.length; at += atOnce) {
    const group = await timed(() => Promise.all(events.slice(at, at + atOnce).map(call)));
    const cpuMs = group.timing.cpuMs / group.result.length;
    timings.push(...group.result.map(({ timing: { wallMs } }) => ({ wallMs, cpuMs })));
  }
  return { load, calls: timings };
}

process.once("message", async (job: Job) => {
  try {
    process.send?.(await measure(job));
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
  process.disconnect();
});
