import { afterAll, beforeAll, expect, it } from "vitest";
import { copyRepository, type RepositoryCopy } from "../repository-copy.ts";

// The worked example of CONTRIBUTING.md is applied to a copy of the repository.
let copy: RepositoryCopy;
beforeAll(async () => {
  copy = await copyRepository();
  await copy.run("git", "apply", "-C1", "--exclude=infra/*", "docs/examples/new-operation.patch");
});
afterAll(() => copy.remove());

const timeout = 300_000;

/** Compiles all programs. The second time, only what changed. */
const compile = () => copy.run("tsc", "--build", ".", "infra", "packages/web", "--singleThreaded");

it("does not compile without its permissions", { timeout }, async () => {
  await expect(compile()).rejects.toThrow("getListOpenTodos");
});

it("compiles with its permissions", { timeout }, async () => {
  await copy.run("git", "apply", "-C1", "--include=infra/*", "docs/examples/new-operation.patch");
  await compile();
});

it("synthesizes and passes its tests", { timeout }, async () => {
  await copy.run("node", "scripts/synth.ts");
  await copy.run("vitest", "run", "--project=infra", "tests/infra/api.test.ts");
  await copy.run("vitest", "run", "--project=api", "tests/api/lists.test.ts", "-t=open-todos");
});
