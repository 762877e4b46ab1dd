import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { glob, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { build, type Plugin, stop } from "esbuild";
import { command, root } from "./command.ts";
import { putBack, setAside } from "./earlier-assets.ts";
import { step } from "./terminal.ts";

const web = path.join(root, "packages/web");
const stamp = path.join(web, ".open-next/.source");
/** Versioned files of the current build, with a hash in each name, and of earlier builds. */
const versioned = {
  assets: path.join(web, ".open-next/assets/_next/static"),
  earlier: path.join(root, ".build/earlier-assets"),
};
const sources = ["packages/web/**/*", "package-lock.json"];
const leftOut = /(^|\/)(node_modules|\.next|\.open-next|next-env\.d\.ts|[^/]+\.tsbuildinfo|[^/]+\.test\.tsx?)(\/|$)/;

/** Excludes modules outside the web app and the contract. */
const onlyOurModules: Plugin = {
  name: "only-our-modules",
  setup(bundler) {
    bundler.onResolve({ filter: /.*/ }, ({ path: imported, kind }) => {
      const ours = kind === "entry-point" || imported.startsWith("@daybook/core/") || /^\..*\.tsx?$/.test(imported);
      return ours ? undefined : { external: true };
    });
  },
};

/**
 * Returns the sources of the web build as paths from the root: without tests, and from core only what the web app
 * imports.
 */
export async function webSources(): Promise<string[]> {
  const files = await Array.fromAsync(glob(sources, { cwd: root, exclude: (file) => leftOut.test(file) }));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: files.filter((file) => /\.tsx?$/.test(file)),
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    outdir: "none",
    platform: "node",
    // Resolves core as the web app's type check does.
    conditions: ["browser"],
    format: "esm",
    plugins: [onlyOurModules],
  });
  // Ends esbuild's process, which would otherwise end only some time after this process.
  await stop();
  return [...new Set([...files, ...Object.keys(metafile.inputs)])];
}

async function sourceHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const file of (await webSources()).sort()) {
    const content = await readFile(path.join(root, file)).catch(() => undefined);
    if (content) hash.update(`${file}\0`).update(content);
  }
  return hash.digest("hex");
}

const turnMs = 300_000;
const lookAgainMs = 200;

/**
 * Waits until no one else builds, because two builds in one folder would break each other. The lock is released when
 * the process ends. Does not block the process, because an earlier call in the same process may hold the lock.
 */
async function takeTurn(): Promise<Disposable> {
  mkdirSync(path.join(root, ".build"), { recursive: true });
  const lock = new DatabaseSync(path.join(root, ".build/web-build.lock"), { timeout: 0 });
  for (let waitedMs = 0; !takes(lock); waitedMs += lookAgainMs) {
    if (waitedMs >= turnMs) throw new Error(`Another build of the web app has not ended for ${turnMs / 1000} seconds`);
    await setTimeout(lookAgainMs);
  }
  return { [Symbol.dispose]: () => lock.close() };
}

/** Takes the lock. Returns false if it is held. */
function takes(lock: DatabaseSync): boolean {
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (error instanceof Error && error.message === "database is locked") return false;
    throw error;
  }
}

/** Creates the OpenNext build of the web app, as a deployment does, unless the existing build is from these sources. */
export async function buildWeb({ force = false } = {}): Promise<void> {
  using _lock = await takeTurn();
  const source = await sourceHash();
  const built = existsSync(stamp) ? await readFile(stamp, "utf8") : "";
  if (built === source && !force) return;
  await step("Building the web app (about a minute, only after changes)", async () => {
    await setAside(versioned, Date.now());
    await command("npm", ["run", "build:open-next", "--workspace", "@daybook/web"]);
    await putBack(versioned, Date.now());
  });
  // Next rewrites a few of its own files, so the hash is computed again.
  await writeFile(stamp, await sourceHash());
}
