import { statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildFailure, BuildOptions, BuildResult, Message, Metafile, Plugin } from "esbuild";
import { type Output, openBundleCache } from "./bundle-cache.ts";
import type { Bundle, Source, Workshop } from "./bundle-types.ts";

/** A source that cannot be bundled. The message is esbuild's, with file, line and excerpt. */
export class BundleError extends Error {
  override readonly name = "BundleError";
}

/**
 * Groups sources by their options. One esbuild call for all sources takes a third of the time of one call per source.
 */
function groupsOf(sources: readonly Source[]): Source[][] {
  return [...Map.groupBy(sources, ({ options, plugins }) => JSON.stringify([options, plugins])).values()];
}

async function loadPlugins(file: string): Promise<Plugin[]> {
  const loaded: { default: Plugin[] } = await import(`${pathToFileURL(file)}?at=${statSync(file).mtimeMs}`);
  return loaded.default;
}

/**
 * Returns the options of one esbuild call for a group. esbuild writes no files, because a bundle's folder is named by
 * the hash of its content.
 */
async function callOptions(group: readonly Source[], { root, cacheFolder }: Workshop): Promise<BuildOptions> {
  const [first] = group;
  return {
    ...first?.options,
    absWorkingDir: root,
    // A sibling of the later bundle folders. Source maps name their sources relative to it.
    outdir: cacheFolder,
    entryPoints: Object.fromEntries(group.map(({ id, entry }) => [`${id}/${path.parse(entry).name}`, entry])),
    plugins: first?.plugins ? await loadPlugins(path.resolve(root, first.plugins)) : [],
    metafile: true,
    write: false,
    logLevel: "silent",
  };
}

/** Returns all files that a file imports directly or indirectly, including the file itself. */
function closure(metafile: Metafile, entry: string): string[] {
  const reached = new Set([entry]);
  for (const input of reached) {
    for (const { path: imported, external } of metafile.inputs[input]?.imports ?? []) {
      if (!external && imported in metafile.inputs) reached.add(imported);
    }
  }
  return [...reached];
}

/** Extracts the output of one source from a finished call. */
function outputOf({ metafile, outputFiles }: BuildResult, source: Source, { root, cacheFolder }: Workshop): Output {
  const folder = path.join(cacheFolder, source.id) + path.sep;
  const files = new Map<string, Uint8Array>();
  for (const file of outputFiles ?? []) {
    if (file.path.startsWith(folder)) files.set(file.path.slice(folder.length), file.contents);
  }
  const prefix = `${path.relative(root, folder)}${path.sep}`;
  const main = Object.entries(metafile?.outputs ?? {}).find(
    ([name, { entryPoint }]) => entryPoint && name.startsWith(prefix),
  );
  if (!metafile || !main) throw new BundleError(`esbuild wrote no output for ${source.entry}.`);
  const [name, { entryPoint = "", imports }] = main;
  return {
    files,
    main: name.slice(prefix.length),
    external: imports.filter((item) => item.external).map((item) => item.path),
    // The lock file stands for the packages. Their files would be nine tenths of the inputs.
    inputs: closure(metafile, entryPoint)
      .filter((input) => !input.includes("node_modules/"))
      .map((input) => path.resolve(root, input)),
  };
}

/** Formats esbuild's errors for the developer. */
async function describeErrors(errors: readonly Message[]): Promise<string> {
  const { formatMessages } = await import("esbuild");
  const messages = await formatMessages([...errors], { kind: "error", color: false });
  return messages.join("").trim();
}

const isBuildFailure = (error: unknown): error is BuildFailure => error instanceof Error && "errors" in error;

/**
 * Bundles the sources whose files have changed since their bundles were cached.
 * @returns the bundles by the ids of their sources
 * @throws BundleError
 */
export async function bundle(
  sources: readonly Source[],
  workshop: Workshop,
  cache = openBundleCache(workshop),
): Promise<Map<string, Bundle>> {
  const bundles = cache.find(sources);
  const stale = sources.filter(({ id }) => !bundles.has(id));
  if (stale.length === 0) return bundles;
  const { build } = await import("esbuild");
  const calls = groupsOf(stale).map(async (group) => {
    const since = Date.now();
    const result = await build(await callOptions(group, workshop));
    for (const source of group) bundles.set(source.id, cache.store(source, outputOf(result, source, workshop), since));
  });
  const failures = (await Promise.allSettled(calls))
    .filter((call) => call.status === "rejected")
    .map((call) => call.reason);
  const broken = failures.filter(isBuildFailure).flatMap(({ errors }) => errors);
  if (broken.length > 0) throw new BundleError(await describeErrors(broken));
  if (failures.length > 0) throw failures[0];
  return bundles;
}
