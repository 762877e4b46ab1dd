import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { command, root } from "../scripts/lib/command.ts";
import { grantsVariable } from "../scripts/lib/grants.ts";
import { problemsVariable } from "../scripts/lib/problems.ts";

/** Does not record the grants and problems of a copy as those of the project. */
const env = { [grantsVariable]: "", [problemsVariable]: "" };

/**
 * Copies the repository, with its uncommitted files, to a temporary folder. All files are in the index of a new Git
 * repository. `run` runs a command there, and throws CommandFailedError if it fails.
 */
export async function copyRepository() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "daybook-copy-"));
  const run = (file: string, ...args: readonly string[]) => command(file, args, { cwd: folder, env });
  const copy = (file: string) =>
    cpSync(path.join(root, file), path.join(folder, file), { recursive: true, verbatimSymlinks: true });
  const link = (file: string) => symlinkSync(path.join(root, file), path.join(folder, file));

  const { output } = await command("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  const files = output.split("\0").filter((file) => file !== "" && existsSync(path.join(root, file)));
  for (const file of files) copy(file);
  await run("git", "init", "--quiet");
  await run("git", "add", "--all");
  // `.gitignore` names folders, and these are links.
  writeFileSync(path.join(folder, ".git/info/exclude"), "node_modules\n.sst\n");

  // Links the installed packages, and copies only the links to the workspaces.
  mkdirSync(path.join(folder, "node_modules"));
  for (const name of readdirSync(path.join(root, "node_modules"))) {
    if (name === ".cache") continue;
    (name === "@daybook" ? copy : link)(path.join("node_modules", name));
  }
  for (const workspace of readdirSync(path.join(root, "packages"))) {
    const installed = path.join("packages", workspace, "node_modules");
    if (existsSync(path.join(root, installed))) link(installed);
  }
  link(".sst");
  // Copies the build cache, so that only changed files are compiled.
  if (existsSync(path.join(root, ".build/types"))) copy(".build/types");
  return { folder, run, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
