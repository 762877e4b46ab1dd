import crypto from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { isObject } from "../../json.ts";
import type { RawGraph } from "../raw.ts";
import { account } from "./outputs.ts";
import type { Program } from "./program.ts";
import { loadPulumi, record } from "./pulumi.ts";
import { startServer } from "./server.ts";
import { createShadow } from "./shadow.ts";

export interface Order {
  readonly root: string;
  readonly stage: string;
  /** Evaluates `sst dev`, whose functions forward their events to a developer's machine. */
  readonly dev: boolean;
  readonly sites: readonly string[];
  readonly program: Program;
  /** Byte that replaces the random bytes of names. */
  readonly seed: number;
  /** The stage's previous deployment. */
  readonly deployed?: RawGraph | undefined;
}

/** Return value of `app()` in an `sst.config.ts`. */
interface AppSettings {
  readonly name: string;
  readonly removal?: string;
  readonly protect?: boolean;
  readonly providers?: Readonly<Record<string, unknown>>;
}

/**
 * SST draws this many random bytes for a physical name. It hashes some names into others, so they must be
 * deterministic.
 */
const bytesOfAName = 8;

function makeNamesRepeatable(seed: Buffer): void {
  const { randomBytes } = crypto;
  const repeatable = (size: number, callback?: (error: Error | null, bytes: Buffer) => void) => {
    if (callback) return randomBytes(size, callback);
    return size === bytesOfAName ? Buffer.from(seed) : randomBytes(size);
  };
  Object.assign(crypto, { randomBytes: repeatable });
}

/**
 * Waits until the program registers, reads and requests nothing more. Neither Pulumi nor SST reports when a program is
 * finished.
 */
async function untilSettled(steps: () => number): Promise<void> {
  const work = /^(FSReq|TCPSocket|HTTP)/;
  for (let quiet = 0, last = -1; quiet < 5; last = steps()) {
    await delay(4);
    const busy = process.getActiveResourcesInfo().some((resource) => work.test(resource));
    quiet = steps() === last && !busy ? quiet + 1 : 0;
  }
}

const regionOf = ({ providers }: AppSettings): string => {
  const aws = providers?.aws;
  return isObject(aws) && typeof aws.region === "string" ? aws.region : "us-east-1";
};

/**
 * Runs an SST program in this process. The process must do nothing else, because SST uses globals and changes the
 * working directory.
 * @throws the program's error. A value that is rejected later becomes an unhandled rejection.
 */
export async function evaluate({ root, stage, dev, sites, program, seed, deployed }: Order): Promise<RawGraph> {
  const platform = path.join(root, ".sst", "platform");
  const shadow = createShadow(root, sites);
  process.once("SIGTERM", () => process.exit(1));
  process.once("exit", () => rmSync(shadow, { recursive: true, force: true }));
  const server = await startServer(shadow);
  Object.assign(process.env, { SST_SERVER: server.url, SST_SECRETS: "{}" });
  const nameBytes = Buffer.alloc(bytesOfAName, seed);
  makeNamesRepeatable(nameBytes);

  // Globals of SST's command line. The app's settings are added when they are known.
  const app: Record<string, unknown> = { stage };
  const paths = { home: shadow, root: shadow, work: path.join(shadow, ".sst"), platform };
  const cli = { command: dev ? "dev" : "deploy", dev, rpc: server.url, state: { version: {} }, paths };
  Object.assign(globalThis, { $dev: dev, $app: app, $cli: cli });
  const pulumi = loadPulumi(platform);
  const { run, sst, globals, naming } = await import(pathToFileURL(program.platform).href);
  const locked: { alias: string; package: string }[] = pulumi.require(path.join(root, ".sst", "provider-lock.json"));
  const providers = locked.map(({ alias, package: name }) => [alias, pulumi.require(name)]);
  Object.assign(globalThis, globals, { sst }, Object.fromEntries(providers));

  const { default: config } = await import(pathToFileURL(program.program).href);
  const settings: AppSettings = await config.app({ stage });
  const region = regionOf(settings);
  const { removal = "retain", protect = false, name } = settings;
  process.env.SST_AWS_REGION = region;
  Object.assign(app, settings, { stage, removal, protect });

  const { resources, errors, steps } = await record(pulumi, { app: name, stage, region, deployed });
  await pulumi.sdk.runtime.runInPulumiStack(() => run(config.run));
  await untilSettled(() => steps() + server.builds.length);
  server.close();
  if (errors.length) throw new AggregateError(errors);
  const graph: RawGraph = {
    app: name,
    stage,
    region,
    removal,
    protect,
    account,
    suffix: naming.hashStringToPrettyString(nameBytes.toString("hex"), 8),
    resources: resources.toSorted((a, b) => (a.urn < b.urn ? -1 : 1)),
    builds: server.builds.toSorted((a, b) => (a.functionID < b.functionID ? -1 : 1)),
  };
  return JSON.parse(JSON.stringify(graph).replaceAll(`${shadow}/`, ""));
}
