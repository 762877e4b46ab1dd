import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import * as brand from "@daybook/core/brand";
import pc from "picocolors";
import { command, root } from "./lib/command.ts";
import { Advice, run, step } from "./lib/terminal.ts";

/** The license names the authors of the template, and the changelog tells its history. */
const kept = ["LICENSE", "CHANGELOG.md"];

/**
 * At most 15 characters: up to this length, the names of the operations' functions in `production`, such as
 * `ledgerly-production-ListCommentsToReviewFunction-abcdefgh`, fit into Lambda's 64. SST cuts off the rest.
 */
const idForm = /^[a-z][a-z0-9]{1,14}$/;
/** Text of this form needs no escape in any file, and is valid in the headers of mails. */
const nameForm = /^(?=.{2,30}$)[A-Z][A-Za-z0-9]*( [A-Za-z0-9]+)*$/;

const packages = path.join(root, "node_modules");

function namesOf(args: readonly string[]): { id: string; name: string } {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { name: { type: "string" } },
  });
  const [id = ""] = positionals;
  const { name = id.charAt(0).toUpperCase() + id.slice(1) } = values;
  if (positionals.length !== 1 || !idForm.test(id))
    throw new Advice(
      "The id must be 2 to 15 lower-case letters and digits, with a letter first.",
      'Example: npm run rename -- ledgerly --name "Team Ledger"',
    );
  if (!nameForm.test(name))
    throw new Advice(
      "The name must be 2 to 30 letters, digits and single spaces, with a capital letter first.",
      "After the rename, you can set any other name in packages/core/src/brand.ts.",
    );
  if (id === brand.id || existsSync(path.join(packages, `@${id}`)))
    throw new Advice(`Packages of the scope @${id} are installed.`, "Choose another id.");
  return { id, name };
}

/** Refuses files that differ from Git's index, so that `git restore .` undoes the rename. */
async function assertClean(): Promise<void> {
  const { output } = await command("git", ["status", "--porcelain"]);
  if (/^.\S/m.test(output)) throw new Advice("Some files have changes.", "Stage or commit them, then rename.");
}

/** Breaks a comment that became longer than 120 characters. */
function wrapped(line: string): string {
  const [, indent = "", mark] = /^(\s*)(\{?\/\*+|\*|\/\/) /.exec(line) ?? [];
  if (mark === undefined || line.length <= 120) return line;
  const end = line.lastIndexOf(" ", 120);
  const next = mark === "*" || mark === "//" ? mark : " *";
  const rest = `${indent}${next}${line.slice(end)}`.replace("* */", "*/");
  return `${line.slice(0, end)}\n${wrapped(rest)}`;
}

/** Sorts what npm keeps sorted by name, in package.json and the lock file. */
const withSortedPackages = (text: string) =>
  `${JSON.stringify(
    JSON.parse(text),
    (key, value) =>
      /^packages$|ependencies$/.test(key)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    2,
  )}\n`;

/** Replaces the name in all files that Git tracks. @returns the changed files */
async function replaceName({ id, name }: { id: string; name: string }): Promise<string[]> {
  // Keeps a name with spaces in one line.
  const joined = name.replaceAll(" ", "\0");
  const replacements = new Map([
    [brand.id, id],
    [brand.name, joined],
    [brand.id.toUpperCase(), id.toUpperCase()],
  ]);
  const old = new RegExp([...replacements.keys()].join("|"), "g");
  const words = [...replacements.keys()].flatMap((word) => ["-e", word]);
  const { output } = await command("git", ["grep", "-Ilz", ...words]);
  const files = output.split("\0").filter((file) => file !== "" && !kept.includes(file));
  for (const file of files) {
    const text = (await readFile(path.join(root, file), "utf8"))
      .replaceAll(old, (word) => replacements.get(word) ?? word)
      .split("\n")
      .map((line) => (/\.(ts|tsx|mjs)$/.test(file) ? wrapped(line) : line))
      .join("\n")
      .replaceAll("\0", " ");
    await writeFile(path.join(root, file), /package(-lock)?\.json$/.test(file) ? withSortedPackages(text) : text);
  }
  return files;
}

await run(async () => {
  const names = namesOf(process.argv.slice(2));
  await assertClean();
  const files = await step(`Renaming ${brand.name} to ${names.name}`, () => replaceName(names));
  const options = ["--write", "--error-on-warnings", "--files-ignore-unknown=true"];
  await step("Sorting imports and formatting", () => command("biome", ["check", ...options, ...files]));
  // As `npm ci` would, but without installing everything again.
  await rename(path.join(packages, `@${brand.id}`), path.join(packages, `@${names.id}`));
  await command("node", ["scripts/install-stamp.mjs"]);
  // SST derives some names in the graph from hashes of others.
  await step("Updating the resource graph", () => command("node", ["scripts/synth.ts"]));
  console.log(`
  ${pc.bold(`The name is changed in ${files.length} files.`)} Next:

    rm -rf .local          if it has data, which belongs to resources with the previous name
    npm run icons          draws the card for social networks with the name
    npm run screenshots    captures the pages for the README
    npm test
    git commit --all --message "Rename to ${names.name}"
`);
});
