import { glob, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/*
 * Runs after `open-next build` and lists the build's versioned files in `<build>/files.json` beside them. In a
 * deployment, the schedule RemoveOldAssets reads the lists, because builds share files (`site.assets.ts` in core).
 */

const assets = path.join(import.meta.dirname, ".open-next/assets");
const versioned = path.join(assets, "_next/static");

const names: string[] = [];
for await (const entry of glob("**/*", { cwd: versioned, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = path.relative(versioned, path.join(entry.parentPath, entry.name));
  names.push(file.split(path.sep).join("/"));
}
const build = (await readFile(path.join(assets, "BUILD_ID"), "utf8")).trim();
await writeFile(path.join(versioned, build, "files.json"), JSON.stringify(names.sort()));
