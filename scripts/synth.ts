import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { formatGraph } from "@daybook/local/graph/format";
import { normalise } from "@daybook/local/graph/normalise";
import { synthesise } from "@daybook/local/graph/synthesise";
import { drawArchitecture } from "./architecture.ts";
import { root } from "./lib/command.ts";
import { run } from "./lib/terminal.ts";
import { ensurePlatform } from "./sst-platform.ts";

/** The stage that the local cloud boots from. Its graph is committed. */
const local = "local";
const file = path.join(root, "infra", "graph.local.json");

await run(async () => {
  const { values } = parseArgs({
    options: { stage: { type: "string", default: local }, print: { type: "boolean", default: false } },
  });
  await ensurePlatform(root);
  const graphs = await synthesise({ root, stages: [values.stage], sites: ["packages/web"] });
  const text = graphs.map((graph) => formatGraph(normalise(graph))).join("");
  if (values.print || values.stage !== local) {
    process.stdout.write(text);
    return;
  }
  const before = await readFile(file, "utf8").catch(() => "");
  if (text !== before) await writeFile(file, text);
  console.error(`infra/graph.local.json ${text === before ? "is up to date" : "is written"}`);
  await drawArchitecture();
});
