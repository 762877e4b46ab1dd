import { readFileSync } from "node:fs";
import path from "node:path";
import { brand } from "@daybook/core/brand";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyRepository } from "../repository-copy.ts";

const timeout = 300_000;
const examples = ["new-operation", "new-field", "new-noun"].map((name) => `docs/examples/${name}.patch`);
/** The license names the template's authors, and the changelog tells its history. */
const kept = ["CHANGELOG.md", "LICENSE"];

let copy: Awaited<ReturnType<typeof copyRepository>>;
beforeAll(async () => {
  copy = await copyRepository();
});
afterAll(() => copy.remove());

/** Compiles all programs. The second time, only what changed. */
const compile = () => copy.run("tsc", "--build", ".", "infra", "packages/web", "--singleThreaded");
const apply = (part: string) => copy.run("git", "apply", "-C1", `--${part}=infra/*`, ...examples);
const commit = () => copy.run("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qam", "Change");
const test = (...args: readonly string[]) => copy.run("vitest", "run", ...args);

describe("the examples of CONTRIBUTING.md", () => {
  it.each(examples)("%s applies alone", async (example) => {
    await copy.run("git", "apply", "--check", example);
  });

  it("do not compile without permissions", { timeout }, async () => {
    await apply("exclude");
    await expect(compile()).rejects.toThrow("getOpenTodos");
  });

  it("compile with their permissions", { timeout }, async () => {
    await apply("include");
    await compile();
  });
});

describe("npm run rename, after these changes", () => {
  const id = "paperboat";
  const rename = (...args: readonly string[]) => copy.run("node", "scripts/rename.ts", ...args);

  it("refuses an id or a name that is invalid somewhere", async () => {
    const invalid = [
      [],
      ["Paper"],
      ["paper-boat"],
      ["paperboatpaperboat"],
      [brand.id],
      ["types"],
      [id, "--name", "“Boat”"],
    ];
    for (const args of invalid) await expect(rename(...args)).rejects.toThrow("✗");
  });

  it("refuses files with changes that Git could not restore", async () => {
    await expect(rename(id)).rejects.toThrow("Some files have changes");
  });

  it("leaves the old name in no other file", { timeout }, async () => {
    await copy.run("git", "add", "--all");
    await commit();
    await rename(id, "--name", "Paper Boat");
    const { output } = await copy.run("git", "ls-files");
    const old = new RegExp(`${brand.id}|${brand.name}`, "i");
    const named = output
      .trim()
      .split("\n")
      .filter((file) => old.test(file) || old.test(readFileSync(path.join(copy.folder, file), "latin1")));
    expect(named.filter((file) => !kept.includes(file))).toEqual([]);
    await commit();
  });

  it("leaves a lock file that npm accepts", async () => {
    await copy.run("npm", "ci", "--dry-run", "--offline", "--ignore-scripts");
  });

  it("leaves types that compile", { timeout }, async () => {
    await compile();
  });

  it("leaves tests that pass", { timeout }, async () => {
    await test(
      "--project=architecture",
      ...["architecture", "brand", "docs", "language"].map((name) => `tests/${name}.test.ts`),
    );
    await test("--project=infra", "tests/infra/api.test.ts");
    await test("--project=unit", "packages/web/features/sync/store");
    const files = ["lists", "projects", "todos"].map((name) => `tests/api/${name}.test.ts`);
    await test("--project=api", ...files, "-t=open-todos|the projects|every writable member");
  });
});
