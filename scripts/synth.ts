import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { formatGraph } from "../packages/local/src/graph/format.ts";
import { normalise } from "../packages/local/src/graph/normalise.ts";
import { synthesise } from "../packages/local/src/graph/synthesise.ts";
import { ensurePlatform } from "./sst-platform.ts";

const { values } = parseArgs({
  options: { stage: { type: "string", default: "local" }, print: { type: "boolean", default: false } },
});

const root = resolve(import.meta.dirname, "..");
await ensurePlatform(root);
const graphs = await synthesise({ root, stages: [values.stage], sites: ["packages/web"] });
for (const graph of graphs) {
  const text = formatGraph(normalise(graph));
  if (values.print) process.stdout.write(text);
  else await writeFile(join(root, "infra", `graph.${values.stage}.json`), text);
}
