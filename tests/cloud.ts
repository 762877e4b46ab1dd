import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { buildWeb } from "../scripts/lib/web.ts";

/** A run of `npm start` on free ports and a data folder of its own. */
export interface TestCloud {
  /** What a developer would source: endpoints, keys and names. */
  readonly env: Readonly<Record<string, string>>;
  readonly dataFolder: string;
  readonly process: ChildProcess;
  /** Resolves when it has ended. */
  readonly exited: Promise<void>;
  /** Everything that it has printed so far. */
  output(): string;
  /** Ends it as Ctrl+C would, and waits until it is gone; its data stay. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, "..");
const readyWithinMs = 60_000;

/** `NAME=value` lines, as they stand in aws.env. */
export function parseEnv(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^export ([A-Z0-9_]+)='?([^'\n]*)'?$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/** What `npm start` prints when it is ready. */
const readyLine = "Daybook is ready";

function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The local cloud ${why}:\n${output()}`));
    const timer = setTimeout(() => fail(`was not ready within ${readyWithinMs} ms`), readyWithinMs);
    child.once("exit", (code) => fail(`ended with ${code} before it was ready`));
    child.stdout?.on("data", () => {
      if (!output().includes(readyLine)) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/**
 * Starts the product the way a person does, and resolves when it is ready.
 * @param options.dataFolder data of an earlier run to go on with; a new folder by default
 * @param options.siteUrl where the site is served instead of from its build, which then is not made
 */
export async function startTestCloud(
  options: { dataFolder?: string; siteUrl?: string; env?: Record<string, string> } = {},
): Promise<TestCloud> {
  const { siteUrl = "" } = options;
  // To build is not a part of the time that it has to be ready.
  if (siteUrl === "") await buildWeb();
  const dataFolder = options.dataFolder ?? (await mkdtemp(path.join(os.tmpdir(), "daybook-cloud-")));
  const child = spawn(process.execPath, [path.join(root, "scripts/start.ts")], {
    cwd: root,
    env: {
      ...process.env,
      NO_COLOR: "1",
      FORCE_COLOR: "",
      ...options.env,
      PORT: "0",
      MAIL_PORT: "0",
      DAYBOOK_DATA: dataFolder,
      DAYBOOK_SITE: siteUrl,
    },
    // The channel closes when the test ends, however it ends, and the cloud then ends itself.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async (signal: NodeJS.Signals = "SIGINT") => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
  };
  await untilReady(child, () => text).catch(async (error: unknown) => {
    await stop("SIGKILL");
    throw error;
  });
  return {
    env: parseEnv(readFileSync(path.join(dataFolder, "aws.env"), "utf8")),
    dataFolder,
    process: child,
    exited,
    output: () => text,
    stop,
    remove: async () => {
      await stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
