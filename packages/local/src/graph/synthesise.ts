import { fork } from "node:child_process";
import path from "node:path";
import type { RawGraph } from "./raw.ts";
import type { Order } from "./synthesis/evaluate.ts";
import type { Report } from "./synthesis/process.ts";
import { bundleProgram } from "./synthesis/program.ts";

export interface SynthesisOptions {
  /** Folder of `sst.config.ts`, with SST's platform unpacked in `.sst/platform`. */
  readonly root: string;
  readonly stages: readonly string[];
  /** Evaluates `sst dev` instead of `sst deploy`. Not for a local cloud, which runs the handlers itself. */
  readonly dev?: boolean;
  /** Folders of the `sst.aws.Nextjs` sites, relative to the root. They do not have to be built. */
  readonly sites?: readonly string[];
  /** Byte, 0–255, that replaces the random bytes of names. Another seed gives the names of another deployment. */
  readonly seed?: number;
  /**
   * Graphs of an earlier synthesis, as the deployed state. Properties in `ignoreChanges` keep their deployed values.
   */
  readonly deployed?: readonly RawGraph[];
}

/** The program failed. The message contains its output. */
export class SynthesisError extends Error {}

/**
 * Time limit for a program in milliseconds, because it would wait forever for a value that never resolves. A program
 * takes seconds, but a busy machine can take many times as long.
 */
const timeoutMs = 300_000;

/** Pulumi captures a stack trace for each of its promises. Without them, a program takes half the time. */
const quick = ["--stack-trace-limit=0"];
const traceable = ["--enable-source-maps"];

function evaluate(order: Order, cache: string, flags: readonly string[]): Promise<RawGraph> {
  // Do not pass the developer's environment, so that the graph cannot depend on it.
  const child = fork(path.join(import.meta.dirname, "synthesis", "process.ts"), {
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, NODE_COMPILE_CACHE: path.join(cache, "compiled") },
    execArgv: ["--no-warnings", ...flags],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    timeout: timeoutMs,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    let report: Report | undefined;
    const fail = (...reasons: readonly string[]) =>
      reject(
        new SynthesisError([`The stage "${order.stage}" cannot be synthesised.`, ...reasons, output].join("\n\n")),
      );
    child.once("message", (message: Report) => {
      report = message;
    });
    child.once("error", (error) => fail(error.message));
    // Wait for `close`: until then, the process may still write output, and its message may not have arrived.
    child.once("close", (code, signal) => {
      if (!report) fail(`The process ended with ${code ?? signal}.`);
      else if ("graph" in report) resolve(report.graph);
      else fail(...report.errors);
    });
    child.send(order);
  });
}

/**
 * Evaluates an SST program for the given stages without AWS. SST's real components run, with made-up responses of AWS.
 * The result contains what the program registers. It does not cover the provider's validation, quotas and real builds.
 * @returns the graphs of the stages, in the given order
 * @throws SynthesisError
 */
export async function synthesise({
  root,
  stages,
  dev = false,
  sites = [],
  seed = 7,
  deployed = [],
}: SynthesisOptions): Promise<RawGraph[]> {
  const cache = path.join(root, "node_modules", ".cache", "synthesis");
  const { remove, ...program } = await bundleProgram(root, cache);
  const synthesiseStage = async (stage: string) => {
    const before = deployed.find((graph) => graph.stage === stage);
    const order: Order = { root, stage, dev, sites, program, seed, deployed: before };
    try {
      return await evaluate(order, cache, quick);
    } catch {
      // Run it again to get a stack trace with source locations.
      return evaluate(order, cache, traceable);
    }
  };
  try {
    return await Promise.all(stages.map(synthesiseStage));
  } finally {
    await remove();
  }
}
