import type { BuildContext, BuildResult } from "esbuild";
import { callOptions, describeErrors, groupsOf, store } from "./bundle.ts";
import { openBundleCache } from "./bundle-cache.ts";
import type { Bundle, Source, Workshop } from "./bundle-types.ts";

export interface Watch {
  close(): Promise<void>;
}

/**
 * Bundles sources again when a file that they import changes.
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

  async function finished(group: readonly Source[], result: BuildResult): Promise<void> {
    if (result.errors.length > 0) return onBroken(await describeErrors(result.errors));
    for (const [id, bundle] of store(group, result, cache, workshop)) {
      if (current.get(id) === bundle.folder) continue;
      current.set(id, bundle.folder);
      onBundle(id, bundle);
    }
  }

  const contexts: BuildContext[] = await Promise.all(
    groupsOf(sources).map(async (group) => {
      const options = await callOptions(group, workshop);
      const plugin = {
        name: "watch",
        setup: (build: { onEnd(done: (result: BuildResult) => Promise<void>): void }) =>
          build.onEnd((result) => finished(group, result)),
      };
      return context({ ...options, plugins: [...(options.plugins ?? []), plugin] });
    }),
  );
  await Promise.all(contexts.map((each) => each.watch()));
  return { close: async () => void (await Promise.all(contexts.map((each) => each.dispose()))) };
}
