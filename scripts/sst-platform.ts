import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { command } from "./lib/command.ts";
import { Advice, step } from "./lib/terminal.ts";

/** The Pulumi version that SST 4.17.1 requires. SST only asks for the version here, because nothing is deployed. */
const pulumiVersion = "v3.215.0";

/**
 * Unpacks SST's component sources and Pulumi's SDKs into `.sst/platform` unless they exist. SST would first download
 * Pulumi. A stub that only prints a version replaces it, in a configuration folder inside `node_modules/.cache`. The
 * script therefore needs only npm's registry and changes nothing outside the project.
 * @param root the folder of `sst.config.ts`
 * @throws Advice if SST fails
 */
export async function ensurePlatform(root: string): Promise<void> {
  const stampFile = path.join(root, ".sst", "platform", ".installed");
  const stamp = await stampOf(root);
  if ((await readFile(stampFile, "utf8").catch(() => "")) === stamp) return;

  const config = path.join(root, "node_modules", ".cache", "sst-config");
  await writeStub(path.join(config, "sst", "bin"));
  const env = { XDG_CONFIG_HOME: config, SST_NO_BUN: "1", SST_TELEMETRY_DISABLED: "1" };
  try {
    await step("Unpacking SST's components (once, about half a minute)", () =>
      command(path.join(root, "node_modules", ".bin", "sst"), ["install", "--stage", "synth"], { cwd: root, env }),
    );
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Advice(`SST could not unpack its components: ${said}`, "Check that npm's registry is reachable.");
  }
  await writeFile(stampFile, stamp);
}

/**
 * Returns a stamp of everything that the unpacked platform depends on: SST's version, and the providers in
 * `sst.config.ts`.
 */
async function stampOf(root: string): Promise<string> {
  const files = ["node_modules/sst/package.json", "sst.config.ts"];
  const contents = await Promise.all(files.map((file) => readFile(path.join(root, file))));
  return contents.reduce((hash, content) => hash.update(content), createHash("sha256")).digest("hex");
}

async function writeStub(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const stub = path.join(folder, "pulumi");
  await writeFile(stub, `#!/bin/sh\necho ${pulumiVersion}\n`);
  await chmod(stub, 0o755);
}
