import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { command, root } from "../scripts/lib/command.ts";
import { grantsVariable } from "../scripts/lib/grants.ts";
import { problemsVariable } from "../scripts/lib/problems.ts";

/** A copy of the repository that a test changes. */
export interface RepositoryCopy {
  readonly folder: string;
  /** Runs a command in the copy. @returns its output @throws CommandFailedError */
  run(file: string, ...args: readonly string[]): Promise<string>;
  remove(): void;
}

/** Does not record the grants and problems of the copy as those of the project. */
const env = { [grantsVariable]: "", [problemsVariable]: "" };

/** Copies the files that Git tracks or would add. The copy shares the installed packages. */
export async function copyRepository(): Promise<RepositoryCopy> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "daybook-copy-"));
  const { output } = await command("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  for (const file of output.split("\0")) {
    const from = path.join(root, file);
    if (file !== "" && existsSync(from)) cpSync(from, path.join(folder, file), { force: false });
  }
  // Links the installed packages, and copies only the links to the workspaces.
  mkdirSync(path.join(folder, "node_modules"));
  for (const name of readdirSync(path.join(root, "node_modules"))) {
    const installed = path.join("node_modules", name);
    if (name === "@daybook")
      cpSync(path.join(root, installed), path.join(folder, installed), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(path.join(root, installed), path.join(folder, installed));
  }
  for (const workspace of ["core", "functions", "local", "web"]) {
    const installed = path.join("packages", workspace, "node_modules");
    symlinkSync(path.join(root, installed), path.join(folder, installed));
  }
  symlinkSync(path.join(root, ".sst"), path.join(folder, ".sst"));
  // Copies the build cache, so that only changed files are compiled.
  const compiled = path.join(root, ".build/types");
  if (existsSync(compiled)) cpSync(compiled, path.join(folder, ".build/types"), { recursive: true });
  return {
    folder,
    run: async (file, ...args) => (await command(file, args, { cwd: folder, env })).output,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
