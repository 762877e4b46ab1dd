import { watch } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { once } from "./closing.ts";
import { bootCloud, type Cloud } from "./cloud.ts";
import type { CloudOptions } from "./cloud-options.ts";
import { readGraph, resolveGraph } from "./graph/load.ts";

export interface Followed {
  /** Called with the cloud that is ready after a restart. */
  onRestart(cloud: Cloud): void;
  /** Called if a changed graph cannot be used. A cloud with the previous graph runs on. */
  onInvalid(error: unknown): void;
}

/** Time in milliseconds without a further change of the file, so that a half-written graph is not read. */
const settledMs = 100;

const portOf = (url: string) => Number(URL.parse(url)?.port ?? 0);

/**
 * Boots a local cloud, and restarts it when the file with its graph changes. The data and the ports of the distribution
 * and the mailbox stay the same. Requests in progress finish first, within two seconds.
 * @throws DataFolderInUseError, and all errors of the first start
 */
export async function followGraph(
  options: CloudOptions,
  { onRestart, onInvalid }: Followed,
): Promise<{ readonly first: Cloud; close(): Promise<void> }> {
  const { graphFile } = options;
  let graph = readGraph(graphFile);
  const first = await bootCloud(graph, options);
  const settings = { ...options, port: portOf(first.url), mailPort: portOf(first.mailUrl) };
  let cloud = first;

  async function restart(): Promise<void> {
    const changed = readGraph(graphFile);
    if (isDeepStrictEqual(changed, graph)) return;
    resolveGraph(changed);
    await cloud.close();
    try {
      cloud = await bootCloud(changed, settings);
      graph = changed;
    } catch (error) {
      cloud = await bootCloud(graph, settings);
      onInvalid(error);
    }
    onRestart(cloud);
  }

  let restarts = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  // The folder, because a file that is replaced is no longer watched.
  const watcher = watch(path.dirname(graphFile), (_, name) => {
    if (name !== path.basename(graphFile)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      restarts = restarts.then(restart).catch(onInvalid);
    }, settledMs);
  });
  return {
    first,
    close: once(async () => {
      watcher.close();
      clearTimeout(timer);
      await restarts;
      await cloud.close();
    }),
  };
}
