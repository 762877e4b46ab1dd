import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";

function write(folder: string, file: string, content: string | object): void {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, typeof content === "string" ? content : JSON.stringify(content));
}

const emptyModule = "export const handler = async () => {};\n";

/**
 * Writes the minimum that `sst.aws.Nextjs` reads from an OpenNext build, in the format of OpenNext's default
 * configuration.
 * @param source the site's folder, whose `public` files become assets
 */
function writeSite(folder: string, source: string): void {
  write(folder, "package.json", { name: "site", dependencies: { next: "16.0.0" } });
  write(folder, ".next/BUILD_ID", "build");
  write(folder, ".next/routes-manifest.json", { basePath: "" });
  write(folder, ".next/prerender-manifest.json", { version: 4, routes: {} });
  const bundles = [
    "server-functions/default",
    "image-optimization-function",
    "revalidation-function",
    "dynamodb-provider",
  ];
  for (const bundle of bundles) write(folder, `.open-next/${bundle}/index.mjs`, emptyModule);
  write(folder, ".open-next/assets/BUILD_ID", "build");
  write(folder, ".open-next/assets/_next/static/chunk.js", "");
  const pub = path.join(source, "public");
  if (existsSync(pub)) cpSync(pub, path.join(folder, ".open-next/assets"), { recursive: true });
  write(folder, ".open-next/cache/page.cache", "{}");
  const run = (bundle: string, streaming = false) => ({
    type: "function",
    handler: "index.handler",
    bundle: `.open-next/${bundle}`,
    streaming,
  });
  write(folder, ".open-next/open-next.output.json", {
    edgeFunctions: {},
    origins: {
      s3: { type: "s3", originPath: "_assets", copy: [] },
      default: run("server-functions/default"),
      imageOptimizer: run("image-optimization-function"),
    },
    behaviors: [
      { pattern: "_next/image*", origin: "imageOptimizer" },
      { pattern: "*", origin: "default" },
      { pattern: "_next/*", origin: "s3" },
    ],
    additionalProps: {
      disableIncrementalCache: false,
      disableTagCache: false,
      initializationFunction: run("dynamodb-provider"),
      revalidationFunction: run("revalidation-function"),
    },
  });
}

/** Links everything in the root that does not exist in the shadow yet. Skips folders that must not be written to. */
function link(root: string, shadow: string, sites: readonly string[], folder = "."): void {
  for (const entry of readdirSync(path.join(root, folder))) {
    const name = path.join(folder, entry);
    if (name === ".sst" || name === ".git" || sites.includes(name)) continue;
    const target = path.join(shadow, name);
    if (!existsSync(target)) symlinkSync(path.join(root, name), target);
    else if (!lstatSync(target).isSymbolicLink()) link(root, shadow, sites, name);
  }
}

/**
 * Creates a temporary folder that looks like the project after its builds. SST writes its artifacts there, and finds
 * the sites as if they were built.
 * @param sites folders of `sst.aws.Nextjs` sites, relative to the root
 */
export function createShadow(root: string, sites: readonly string[]): string {
  const shadow = mkdtempSync(path.join(os.tmpdir(), "synthesis-"));
  write(shadow, ".sst/bundle/index.mjs", emptyModule);
  for (const site of sites) writeSite(path.join(shadow, site), path.join(root, site));
  link(root, shadow, sites.map(path.normalize));
  return shadow;
}
