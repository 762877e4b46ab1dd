import { type FSWatcher, watch } from "node:fs";
import path from "node:path";
import type { BuildContext, BuildResult } from "esbuild";
import { callOptions, describeErrors, groupsOf, store } from "./bundle.ts";
import { openBundleCache } from "./bundle-cache.ts";
import type { Bundle, Source, Workshop } from "./bundle-types.ts";

export interface Watch {
  close(): Promise<void>;
}

/** Time in milliseconds without a further change of a file, because editors write a file in several steps. */
const settledMs = 10;

/** Calls back when one of the files changes, at once. Watches their folders, because editors replace files. */
function createFileWatcher(onChange: () => void) {
  const files = new Set<string>();
  const folders = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  const changed = (folder: string) => (_: unknown, name: string | null) => {
    if (name === null || !files.has(path.join(folder, name))) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, settledMs);
  };
  return {
    add(file: string): void {
      files.add(file);
      const folder = path.dirname(file);
      if (folders.has(folder)) return;
      try {
        folders.set(
          folder,
          watch(folder, changed(folder)).on("error", () => folders.delete(folder)),
        );
      } catch {
        // A module that a plugin generates has no folder, and the system limits the number of watchers.
      }
    },
    close(): void {
      clearTimeout(timer);
      for (const watcher of folders.values()) watcher.close();
    },
  };
}

/**
 * Bundles sources again when a file that they import changes. esbuild polls all files, which notices a change within
 * two seconds. The program's own files are also watched, and a change of these is noticed at once.
 * @param onBundle receives each bundle with new content, including the first of every source
 * @param onBroken receives the errors of a failed build; the previous bundles stay in use
 */
export async function watchSources(
  sources: readonly Source[],
  workshop: Workshop,
  onBundle: (id: string, bundle: Bundle) => void,
  onBroken: (message: string) => void,
): Promise<Watch> {
  const cache = openBundleCache(workshop);
  const current = new Map<string, string>();
  const { context } = await import("esbuild");

  /** Returns whether the output of a source differs from the previous build's. */
  function isNew({ id }: Source, { outputFiles = [] }: BuildResult): boolean {
    const folder = path.join(workshop.cacheFolder, id) + path.sep;
    const hashes = outputFiles.flatMap((file) => (file.path.startsWith(folder) ? file.hash : [])).join();
    const before = current.get(id);
    current.set(id, hashes);
    return hashes !== before;
  }

  async function finished(group: readonly Source[], result: BuildResult): Promise<void> {
    if (result.errors.length > 0) return onBroken(await describeErrors(result.errors));
    const changed = group.filter((source) => isNew(source, result));
    for (const [id, bundle] of store(changed, result, cache, workshop)) onBundle(id, bundle);
  }

  async function watchGroup(group: readonly Source[]): Promise<Watch> {
    const options = await callOptions(group, workshop);
    let rebuilds: Promise<unknown> = Promise.resolve();
    // Errors of a build arrive in `finished`.
    const rebuild = () => {
      rebuilds = rebuilds.then(() => building.rebuild()).catch(() => {});
    };
    const files = createFileWatcher(rebuild);
    const plugin = {
      name: "watch",
      setup: (build: { onEnd(done: (result: BuildResult) => Promise<void>): void }) =>
        build.onEnd(async (result) => {
          for (const input of Object.keys(result.metafile?.inputs ?? {}))
            if (!input.includes("node_modules")) files.add(path.resolve(workshop.root, input));
          await finished(group, result);
        }),
    };
    const building: BuildContext = await context({ ...options, plugins: [...(options.plugins ?? []), plugin] });
    await building.watch();
    return {
      async close() {
        files.close();
        await rebuilds;
        await building.dispose();
      },
    };
  }

  const groups = await Promise.all(groupsOf(sources).map(watchGroup));
  return { close: async () => void (await Promise.all(groups.map((each) => each.close()))) };
}
