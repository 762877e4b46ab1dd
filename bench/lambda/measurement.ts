import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** What a measured process does: it loads code, and calls its handler with the events, some of them at once. */
export interface Job {
  readonly file: string;
  /** Name of the export. */
  readonly handler: string;
  readonly events: readonly object[];
  readonly atOnce: number;
}

export interface Timing {
  readonly wallMs: number;
  readonly cpuMs: number;
}

export interface Measurement {
  readonly load: Timing;
  /** In the order of the events. Calls in one group share its CPU time equally. */
  readonly calls: readonly Timing[];
}

/** Period in milliseconds in which a process gets its share of a core. */
const periodMs = 20;

/** Stops a process for a part of each period, as Lambda gives a part of a core to a function with little memory. */
function throttle(pid: number, share: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  const signal = (name: "SIGSTOP" | "SIGCONT", then: () => void, ms: number) => {
    try {
      process.kill(pid, name);
      timer = setTimeout(then, ms);
    } catch {
      // The process has ended.
    }
  };
  const run = (): void => signal("SIGCONT", rest, periodMs * share);
  const rest = (): void => signal("SIGSTOP", run, periodMs * (1 - share));
  run();
  return () => clearTimeout(timer);
}

/**
 * Measures code in a process of its own, on one core where the system can pin it.
 *
 * @param share the part of a core that the process gets
 * @throws when the handler fails
 */
export async function measure(job: Job, env: Record<string, string>, share = 1): Promise<Measurement> {
  const child = fork(path.join(import.meta.dirname, "measured-process.ts"), {
    env: { PATH: process.env.PATH, ...env },
    execArgv: ["--no-warnings"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let errors = "";
  child.stdout?.resume();
  child.stderr?.on("data", (text: Buffer) => {
    errors += text;
  });
  const pid = child.pid ?? 0;
  if (process.platform === "linux") spawnSync("taskset", ["-a", "-p", "-c", "0", String(pid)]);
  const free = share < 1 ? throttle(pid, share) : () => {};
  try {
    child.send(job);
    const [measurement] = await Promise.race([once(child, "message"), once(child, "exit").then(() => [])]);
    if (!measurement) throw new Error(`${job.file} failed:\n${errors}`);
    return measurement;
  } finally {
    free();
    child.kill("SIGKILL");
  }
}
