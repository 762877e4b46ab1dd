import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { RawGraph } from "@daybook/local/graph/raw";
import { synthesise } from "@daybook/local/graph/synthesise";
import type { StageOptions } from "../../infra/options.ts";
import { root } from "../../scripts/lib/command.ts";

/** Creates a copy of the project with its own `infra/options.ts`, as a user of the template would write it. */
export async function projectWith(options: Readonly<Record<string, StageOptions>>) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "options-"));
  const own = new Set(["infra", ".git", ".build", "test-results"]);
  for (const entry of await readdir(root)) {
    if (!own.has(entry)) await symlink(path.join(root, entry), path.join(folder, entry));
  }
  await cp(path.join(root, "infra"), path.join(folder, "infra"), { recursive: true });
  await rm(path.join(folder, "sst.config.ts"));
  await writeFile(path.join(folder, "sst.config.ts"), await readFile(path.join(root, "sst.config.ts")));
  await writeFile(path.join(folder, "infra/options.ts"), `export const options = ${JSON.stringify(options)};`);
  return {
    folder,
    async synthesise(stage: string): Promise<RawGraph> {
      const [graph] = await synthesise({ root: folder, stages: [stage], sites: ["packages/web"] });
      if (!graph) throw new Error(`There is no graph of ${stage}`);
      return graph;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
