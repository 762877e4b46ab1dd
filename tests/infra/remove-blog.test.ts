import { appendFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { copyRepository } from "../repository-copy.ts";

// `npm run remove-blog` is carried out on a copy of the repository.
let copy: Awaited<ReturnType<typeof copyRepository>>;
beforeAll(async () => {
  copy = await copyRepository();
  await commit();
});
afterAll(() => copy.remove());

const timeout = 600_000;

const commit = async () => {
  await copy.run("git", "add", "--all");
  await copy.run("git", "-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", "Copy");
};
const test = (project: string, ...files: readonly string[]) =>
  copy.run("vitest", "run", `--project=${project}`, ...files);

it("refuses to run on a repository with changes", async () => {
  appendFileSync(path.join(copy.folder, "README.md"), "\n");
  await expect(copy.run("node", "scripts/remove-blog.ts")).rejects.toThrow("The repository has changes.");
  await commit();
});

it("removes the blog and synthesizes", { timeout }, async () => {
  expect((await copy.run("node", "scripts/remove-blog.ts")).output).toContain("The blog is removed.");
  const remains = "#(end)?region blog|#blog|postId|commentId|blogOperations";
  // Git fails if it finds nothing.
  await expect(copy.run("git", "grep", "-liE", remains)).rejects.toThrow(/ended with 1\n$/);
});

it("leaves a program that compiles, without unused code", { timeout }, async () => {
  const programs = [".", "infra", "packages/web", "packages/web/features/offline/worker"];
  await copy.run("tsc", "--build", ...programs, "--singleThreaded");
  await copy.run("biome", "check", "--error-on-warnings", ".");
  await copy.run("knip", "--no-progress");
});

it("leaves a product that passes its tests", { timeout }, async () => {
  const documents = ["architecture", "core-imports", "cost", "docs", "operations"];
  await test("architecture", ...documents.map((name) => `tests/${name}.test.ts`));
  await test("unit", "packages/core/src/user", "packages/core/src/lifecycle", "packages/functions/src/subscribers");
  await test("api", "tests/api/isolation.test.ts", "tests/api/me.test.ts", "tests/api/lists.test.ts");
});
