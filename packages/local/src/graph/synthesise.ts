import { fork } from "node:child_process";
import path from "node:path";
import type { RawGraph } from "./raw.ts";
import type { Order } from "./synthesis/evaluate.ts";
import type { Report } from "./synthesis/process.ts";
import { bundleProgram } from "./synthesis/program.ts";

export interface SynthesisOptions {
  /** The folder of `sst.config.ts`, with SST's platform unpacked in `.sst/platform`. */
  readonly root: string;
  readonly stages: readonly string[];
  /** The graphs of `sst dev` instead of those of `sst deploy`; not for a local cloud, which runs the handlers themselves. */
  readonly dev?: boolean;
  /** Folders of the `sst.aws.Nextjs` sites, relative to the root; their builds need not exist. */
  readonly sites?: readonly string[];
  /** The byte, 0–255, that random parts of names are made of: another one gives the names of another deployment. */
  readonly seed?: number;
  /** What an earlier synthesis returned, as the deployed state: properties in `ignoreChanges` keep the values that they have there. */
  readonly deployed?: readonly RawGraph[];
}

/** A program that failed; the message holds what it said. */
export class SynthesisError extends Error {}

/** A program has this long; a value that never comes would otherwise keep it for ever. */
const timeoutMs = 60_000;

/** Pulumi keeps a stack trace for each of its promises: without them it takes half the time. */
const quick = ["--stack-trace-limit=0"];
const traceable = ["--enable-source-maps"];

function evaluate(order: Order, cache: string, flags: readonly string[]): Promise<RawGraph> {
  // The environment is not the developer's: what a program would read from it must not be in its graph.
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
    // Not before it has ended: until then it may write, and what it says may be on its way.
    child.once("close", (code, signal) => {
      if (!report) fail(`The process ended with ${code ?? signal}.`);
      else if ("graph" in report) resolve(report.graph);
      else fail(...report.errors);
    });
    child.send(order);
  });
}

/**
 * Evaluates an SST program for stages without AWS: SST's real components run, AWS's answers are made up.
 * Seen is what the program registers; not seen are the provider's validation, quotas, and real builds.
 * @returns the graphs of the stages, in their order
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
      // It fails again, but then it says where.
      return evaluate(order, cache, traceable);
    }
  };
  try {
    return await Promise.all(stages.map(synthesiseStage));
  } finally {
    await remove();
  }
}
