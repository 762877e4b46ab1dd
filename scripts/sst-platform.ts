import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The Pulumi version that SST 4.17.1 asks for; it is only asked for its version, never used to deploy anything. */
const pulumiVersion = "v3.215.0";

/**
 * Unpacks SST's component sources and Pulumi's SDKs into `.sst/platform`, unless they are there already.
 * SST would download Pulumi first: a stub that answers with a version takes its place, in a configuration folder of its own
 * inside `node_modules/.cache`, so that nothing outside the project is touched and npm's registry is all that is needed.
 * @param root the project's folder
 * @throws when SST or npm fails, with their output
 */
export async function ensurePlatform(root: string): Promise<void> {
  const stampFile = join(root, ".sst", "platform", ".installed");
  const stamp = await stampOf(root);
  if (existsSync(stampFile) && (await readFile(stampFile, "utf8")) === stamp) return;

  console.error("Unpacking SST's components (once, about half a minute) …");
  const config = join(root, "node_modules", ".cache", "sst-config");
  await writeStub(join(config, "sst", "bin"));
  try {
    await run(join(root, "node_modules", ".bin", "sst"), ["install", "--stage", "synth"], {
      cwd: root,
      env: { ...process.env, XDG_CONFIG_HOME: config, SST_NO_BUN: "1", SST_TELEMETRY_DISABLED: "1", CI: "1" },
    });
  } catch (cause) {
    const output = cause instanceof Error && "stdout" in cause ? String(cause.stdout) : "";
    throw new Error(`SST's components could not be unpacked.\n${output}`, { cause });
  }
  await writeFile(stampFile, stamp);
}

/** What the unpacked platform depends on: SST's version, and the providers that `sst.config.ts` names. */
async function stampOf(root: string): Promise<string> {
  const sst = await readFile(join(root, "node_modules", "sst", "package.json"), "utf8");
  const config = await readFile(join(root, "sst.config.ts"), "utf8");
  return createHash("sha256").update(sst).update(config).digest("hex");
}

async function writeStub(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const stub = join(folder, "pulumi");
  await writeFile(stub, `#!/bin/sh\necho ${pulumiVersion}\n`);
  await chmod(stub, 0o755);
}
