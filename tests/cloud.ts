import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { listen } from "@daybook/local/http";
import { buildWeb } from "../scripts/lib/web.ts";

/** A process of `npm start` on free ports with its own data folder. */
export interface TestCloud {
  /** The environment variables in `aws.env`: endpoints, keys and names. */
  readonly env: Readonly<Record<string, string>>;
  readonly dataFolder: string;
  readonly process: ChildProcess;
  /** Resolves when the process has exited. */
  readonly exited: Promise<void>;
  /** The output so far. */
  output(): string;
  /** Stops the process as Ctrl+C does, and waits for its exit. The data remains. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Stops the process and deletes its data. */
  remove(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, "..");
const readyWithinMs = 60_000;

/** Parses the `export NAME=value` lines of aws.env. */
export function parseEnv(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^export ([A-Z0-9_]+)='?([^'\n]*)'?$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/** The line that `npm start` prints when it is ready. */
const readyLine = "Daybook is ready";

function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The local cloud ${why}:\n${output()}`));
    const timer = setTimeout(() => fail(`was not ready within ${readyWithinMs} ms`), readyWithinMs);
    child.once("exit", (code) => fail(`ended with ${code} before it was ready`));
    child.stdout?.on("data", function look() {
      if (!output().includes(readyLine)) return;
      // Searching the text of a long run again at each line would cost more than the run.
      child.stdout?.off("data", look);
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Starts a site without pages, so that tests without a browser need no build of the web app. */
async function startStubSite() {
  const { port, close } = await listen(
    createServer(({ method }, response) => response.writeHead(method === "GET" ? 404 : 200).end()),
    0,
  );
  return { url: `http://127.0.0.1:${port}`, close };
}

/** Starts a cloud with a site without pages. */
export async function startCloudWithoutPages(options: { dataFolder?: string } = {}): Promise<TestCloud> {
  const site = await startStubSite();
  const cloud = await startTestCloud({ ...options, siteUrl: site.url });
  return {
    ...cloud,
    async remove() {
      await cloud.remove();
      await site.close();
    },
  };
}

/**
 * Starts the product with `npm start`'s script, and resolves when it is ready.
 * @param options.dataFolder the data of an earlier run to continue with; a new folder by default
 * @param options.siteUrl the URL of another site to serve, which skips the build of the web app
 */
export async function startTestCloud(
  options: { dataFolder?: string; siteUrl?: string; env?: Record<string, string> } = {},
): Promise<TestCloud> {
  const { siteUrl = "" } = options;
  // Builds first, so that the build does not count toward the time limit.
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
    // The IPC channel closes when the test process ends for any reason, and the cloud then exits.
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
