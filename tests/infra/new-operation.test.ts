import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { command, root } from "../../scripts/lib/command.ts";
import { grantsVariable } from "../../scripts/lib/grants.ts";
import { problemsVariable } from "../../scripts/lib/problems.ts";

// A copy of the repository, to which the worked example of CONTRIBUTING.md is applied.
const folder = mkdtempSync(path.join(os.tmpdir(), "daybook-example-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const timeout = 300_000;
/** Does not record the grants and problems of the copy as those of the project. */
const env = { [grantsVariable]: "", [problemsVariable]: "" };
const inCopy = (file: string, ...args: readonly string[]) => command(file, args, { cwd: folder, env });

beforeAll(async () => {
  const { output } = await command("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  for (const file of output.split("\0")) {
    const from = path.join(root, file);
    if (file !== "") cpSync(from, path.join(folder, file), { force: false });
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
  await inCopy("git", "apply", "-C1", "--exclude=infra/*", "docs/examples/new-operation.patch");
});

/** Compiles all programs. The second time, only what changed. */
const compile = () => inCopy("tsc", "--build", ".", "infra", "packages/web", "--singleThreaded");

it("does not compile without its permissions", { timeout }, async () => {
  await expect(compile()).rejects.toThrow("getOpenTodos");
});

it("compiles with its permissions", { timeout }, async () => {
  await inCopy("git", "apply", "-C1", "--include=infra/*", "docs/examples/new-operation.patch");
  await compile();
});

it("synthesizes and passes its tests", { timeout }, async () => {
  await inCopy("node", "scripts/synth.ts");
  await inCopy("vitest", "run", "--project=infra", "tests/infra/api.test.ts");
  await inCopy("vitest", "run", "--project=api", "tests/api/lists.test.ts", "-t=open-todos");
});
