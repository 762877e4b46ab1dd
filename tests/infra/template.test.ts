import { readFileSync } from "node:fs";
import path from "node:path";
import * as brand from "@daybook/core/brand";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyRepository } from "../repository-copy.ts";

const timeout = 600_000;
const examples = ["new-operation", "new-field", "new-noun"].map((name) => `docs/examples/${name}.patch`);
const id = "paperboat";
/** The license names the template's authors, and the changelog tells its history. */
const kept = ["CHANGELOG.md", "LICENSE"];

let copy: Awaited<ReturnType<typeof copyRepository>>;
beforeAll(async () => {
  copy = await copyRepository();
});
afterAll(() => copy.remove());

const rename = (...args: readonly string[]) => copy.run("node", "scripts/rename.ts", ...args);
/** Compiles all programs. The second time, only what changed. */
const compile = () => copy.run("tsc", "--build", ".", "infra", "packages/web", "--singleThreaded");
const test = (project: string, ...args: readonly string[]) =>
  copy.run("vitest", "run", `--project=${project}`, ...args);

// One copy for both, because each compilation and each synthesis takes seconds: it has the examples and is renamed.
describe("the examples of CONTRIBUTING.md", () => {
  it.each(examples)("%s applies to the repository", async (example) => {
    await copy.run("git", "apply", "--check", example);
  });

  it("apply together", async () => {
    await copy.run("git", "apply", "-C1", ...examples);
  });
});

describe("npm run rename", () => {
  it("refuses an id or a name that is invalid somewhere", async () => {
    const names = [
      [],
      ["Paper"],
      ["paper-boat"],
      ["paperboatpaperboat"],
      [brand.id],
      ["types"],
      [id, "--name", "“Boat”"],
    ];
    for (const args of names) await expect(rename(...args)).rejects.toThrow("✗");
  });

  it("refuses files with changes that Git could not restore", async () => {
    await expect(rename(id)).rejects.toThrow("Some files have changes");
  });

  it("leaves the old name in no other file", { timeout }, async () => {
    await copy.run("git", "add", "--all");
    await rename(id, "--name", "Paper Boat");
    const { output } = await copy.run("git", "ls-files");
    const old = new RegExp(`${brand.id}|${brand.name}`, "i");
    const named = output
      .trim()
      .split("\n")
      .filter((file) => old.test(file) || old.test(readFileSync(path.join(copy.folder, file), "latin1")));
    expect(named.filter((file) => !kept.includes(file))).toEqual([]);
  });

  it("leaves a lock file that npm accepts", async () => {
    await copy.run("npm", "ci", "--dry-run", "--offline", "--ignore-scripts");
  });
});

describe("the renamed product with the examples", () => {
  it("compiles, but not without the permissions of an operation", { timeout }, async () => {
    await compile();
    const permissions = ["apply", "-C1", "--include=infra/*", "docs/examples/new-operation.patch"];
    await copy.run("git", ...permissions, "--reverse");
    await expect(compile()).rejects.toThrow("getListOpenTodos");
    await copy.run("git", ...permissions);
  });

  it("passes its tests", { timeout }, async () => {
    await test("architecture", ...["architecture", "brand", "docs", "language"].map((name) => `tests/${name}.test.ts`));
    await test("infra", "tests/infra/api.test.ts");
    // Stored data do not depend on the name.
    const stored = ["user/reader-id", "account/session/session.token"].map(
      (name) => `packages/core/src/${name}.test.ts`,
    );
    await test("unit", "packages/web/features/sync/store", ...stored);
    const files = ["lists", "teams", "todos"].map((name) => `tests/api/${name}.test.ts`);
    await test("api", ...files, "-t=open-todos|the teams|every writable member");
  });
});
