import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { supportTables } from "@daybook/local/support/tables";
import { command, root } from "./lib/command.ts";
import { run } from "./lib/terminal.ts";

const readme = "packages/local/README.md";
const tables = /(?<=<!-- Written by `npm run support`\. -->\n).*(?=<!-- End of the tables\. -->)/s;

/** Returns the local cloud's README as it is, and with the tables of the services' support. */
export async function supportReadme(): Promise<{ before: string; after: string }> {
  const before = await readFile(path.join(root, readme), "utf8");
  const input = before.replace(tables, () => `\n${supportTables()}\n\n`);
  const { output } = await command("biome", ["format", `--stdin-file-path=${readme}`], { input });
  return { before, after: output };
}

async function writeSupport(): Promise<void> {
  const { before, after } = await supportReadme();
  if (after !== before) await writeFile(path.join(root, readme), after);
  console.error(`${readme} ${after === before ? "is up to date" : "is written"}`);
}

if (import.meta.main) await run(writeSupport);
