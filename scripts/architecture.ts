import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { draw } from "./architecture/draw.ts";
import type { Picture } from "./architecture/shapes.ts";
import { toSvg } from "./architecture/svg.ts";
import { readSystem } from "./architecture/system.ts";
import { command, root } from "./lib/command.ts";
import { run } from "./lib/terminal.ts";

const landing = "packages/web/features/landing/architecture.json";

/** Formats the data of the landing page with one shape per line, so that a change of the picture is a readable diff. */
async function toJson(picture: Picture): Promise<string> {
  const input = JSON.stringify(picture);
  return (await command("biome", ["format", `--stdin-file-path=${landing}`], { input })).output;
}

/** Draws the pictures of the committed graph. Returns their content by file. */
export async function pictures(): Promise<Record<string, string>> {
  const graph = JSON.parse(await readFile(path.join(root, "infra/graph.local.json"), "utf8"));
  const picture = draw(readSystem(graph));
  return {
    "docs/architecture.svg": toSvg(picture),
    [landing]: await toJson(picture),
  };
}

/** Rewrites the pictures that have changed with the graph. */
export async function drawArchitecture(): Promise<void> {
  for (const [file, content] of Object.entries(await pictures())) {
    const before = await readFile(path.join(root, file), "utf8").catch(() => "");
    if (content !== before) await writeFile(path.join(root, file), content);
    console.error(`${file} ${content === before ? "is up to date" : "is written"}`);
  }
}

if (import.meta.main) await run(drawArchitecture);
