import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import pc from "picocolors";
import * as z from "zod";
import { ensurePlatform } from "../sst-platform.ts";
import { command, root } from "./command.ts";
import { step } from "./terminal.ts";

interface Check {
  readonly name: string;
  readonly title: string;
  /** Returns the part of a file that the result depends on. Without it, the check detects changes itself. */
  readonly part?: (file: string, content: string) => string;
  /** Returns the command line for the files that changed since the check passed, or for all files. */
  readonly command: (changed?: readonly string[]) => readonly string[];
}

/** A hash of each file's part, by path from the root. */
type Hashes = Readonly<Record<string, string>>;

const folder = path.join(root, ".build/checks");
const programs = [".", "infra", "packages/web", "packages/web/features/offline/worker"];

const checks: readonly Check[] = [
  {
    name: "lint",
    title: "Format and lint",
    part: (_, content) => content,
    command: (changed = ["."]) => [
      ...["biome", "check", "--error-on-warnings", "--no-errors-on-unmatched", "--files-ignore-unknown=true"],
      ...changed,
    ],
  },
  {
    name: "unused",
    title: "Unused code and dependencies, undeclared dependencies",
    part(file, content) {
      if (!/\.tsx?$/.test(file)) return /\.(css|json|mjs)$/.test(file) ? content : "";
      return (content.match(/^(import|export)\b[^;]*;|\bimport\([^)]*\)/gm) ?? []).join("\n");
    },
    command: () => ["knip", "--no-progress", "--cache", "--cache-location", path.join(root, ".build/knip")],
  },
  {
    name: "types",
    title: "Types",
    // More threads would each load the same types, at twice the CPU time.
    command: () => ["tsc", "--build", ...programs, "--singleThreaded"],
  },
];

/** Reads every file that Git tracks or would add. Returns no files without Git. */
async function readFiles(): Promise<ReadonlyMap<string, string>> {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { output } = await command("git", list).catch(() => ({ output: "" }));
  const names = new Set(output.split("\0").filter((name) => name !== ""));
  const contents = await Promise.all(
    [...names].map(async (name) => {
      const content = await readFile(path.join(root, name), "latin1").catch(() => undefined);
      return content === undefined ? [] : [[name, content] as const];
    }),
  );
  return new Map(contents.flat());
}

/** Returns the changes between two states, or `undefined` if everything must be checked. */
function changesBetween(
  before: Hashes,
  now: Hashes,
): { readonly changed: string[]; readonly removed: string[] } | undefined {
  const changed = Object.keys(now).filter((name) => before[name] !== now[name]);
  const removed = Object.keys(before).filter((name) => !(name in now));
  const settings = /(^|\/)(biome\.json|package-lock\.json)$/;
  return Object.keys(before).length === 0 || changed.some((name) => settings.test(name))
    ? undefined
    : { changed, removed };
}

/** @returns the check's output if it failed */
async function runCheck(check: Check, files: ReadonlyMap<string, string>, all: boolean): Promise<string | undefined> {
  const state = path.join(folder, `${check.name}.json`);
  const { part = () => "" } = check;
  const hash = (text: string) => createHash("sha1").update(text).digest("base64");
  const now = Object.fromEntries([...files].map(([name, content]) => [name, hash(part(name, content))]));
  const before = all || !check.part ? "{}" : await readFile(state, "utf8").catch(() => "{}");
  const changes = changesBetween(z.record(z.string(), z.string()).parse(JSON.parse(before)), now);
  if (changes && changes.changed.length + changes.removed.length === 0) return undefined;
  const [file = "", ...args] = check.command(changes?.changed);
  try {
    await step(check.title, () => command(file, args, { env: { GOGC: "300" } }));
  } catch (error) {
    return `${pc.bold(check.title)}\n${error instanceof Error ? error.message : error}`;
  }
  await writeFile(state, JSON.stringify(now));
  return undefined;
}

/**
 * Checks formatting, lint, types and unused code. Only files that changed since a check passed are checked.
 * @param options.all checks all files
 * @returns how many checks passed and failed; prints the output of the failed ones
 */
export async function runChecks({ all = false } = {}): Promise<{ passed: number; failed: number }> {
  await ensurePlatform(root);
  await mkdir(folder, { recursive: true });
  const files = await readFiles();
  const results = await Promise.all(checks.map((check) => runCheck(check, files, all)));
  const problems = results.filter((result) => result !== undefined);
  for (const problem of problems) console.error(`\n${problem}`);
  return { passed: results.length - problems.length, failed: problems.length };
}
