import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { getManifest } from "@serwist/build";
import { build } from "esbuild";
import { chunksOf } from "./chunks.ts";
import type { Shell } from "./worker/shell.ts";

/* Runs after `open-next build` and writes the build's service worker to `assets/sw.js`. It replaces the placeholder
   from `public`, which only removes what an earlier worker left. */

const web = path.resolve(import.meta.dirname, "../..");
const assets = path.join(web, ".open-next/assets");
const pages = { app: "/todos", offline: "/offline" };
/** Files that pages reference in addition to their chunks. */
const publicFiles = ["theme.js", "icon.svg", "icon-192.png", "icon-512.png", "icon-maskable-512.png"];
/** Size limit in bytes. The files of the app are far smaller, so a larger one was included by mistake. */
const largestFile = 500_000;

const integrityOf = (file: string) => `sha256-${createHash("sha256").update(readFileSync(file)).digest("base64")}`;

async function shellOf(): Promise<Shell> {
  const html = await Promise.all(
    Object.values(pages).map((page) => readFile(path.join(web, `.next/server/app${page}.html`), "utf8")),
  );
  const chunks = chunksOf(html, (chunk) => readFileSync(path.join(assets, "_next", chunk), "utf8"));
  const { manifestEntries = [], warnings } = await getManifest({
    globDirectory: assets,
    globPatterns: [...chunks.map((chunk) => `_next/${chunk}`), ...publicFiles],
    maximumFileSizeToCacheInBytes: largestFile,
    manifestTransforms: [
      (entries) => ({
        manifest: entries.map((entry) => ({ ...entry, integrity: integrityOf(path.join(assets, entry.url)) })),
      }),
    ],
  });
  const files = manifestEntries.map(({ url, integrity }) => ({ url: `/${url}`, ...(integrity && { integrity }) }));
  if (warnings.length > 0 || files.length !== chunks.length + publicFiles.length)
    throw new Error(`The service worker would not have all of the app: ${warnings.join("; ")}`);
  return { build: await readFile(path.join(web, ".next/BUILD_ID"), "utf8"), pages, files };
}

await build({
  entryPoints: [path.join(import.meta.dirname, "worker/worker.ts")],
  outfile: path.join(assets, "sw.js"),
  // The placeholder from `public` already exists.
  allowOverwrite: true,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  define: { shell: JSON.stringify(await shellOf()) },
  logLevel: "warning",
});
