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

const timeout = 300_000;

const commit = async () => {
  await copy.run("git", "add", "--all");
  await copy.run("git", "-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", "Copy");
};

it("refuses to run on a repository with changes", async () => {
  appendFileSync(path.join(copy.folder, "README.md"), "\n");
  await expect(copy.run("node", "scripts/remove-blog.ts")).rejects.toThrow("The repository has changes.");
  await commit();
});

it("removes the blog and synthesizes", { timeout }, async () => {
  expect((await copy.run("node", "scripts/remove-blog.ts")).output).toContain("The blog is removed.");
  const { output } = await copy.run(
    "git",
    "grep",
    "-liE",
    "#(end)?region blog|postId|commentId|markdown-it",
    "--",
    ":!*.svg",
  );
  expect(output.split("\n").filter((file) => file !== "" && file !== "package-lock.json")).toEqual([]);
});

it("leaves a program that compiles, without unused code", { timeout }, async () => {
  const programs = [".", "infra", "packages/web", "packages/web/features/offline/worker"];
  await copy.run("tsc", "--build", ...programs, "--singleThreaded");
  await copy.run("biome", "check", "--error-on-warnings", ".");
  await copy.run("knip", "--no-progress");
});

it("leaves a product that passes its tests", { timeout }, async () => {
  await copy.run("vitest", "run", "--project=architecture", "--project=unit", "packages/functions", "tests/");
  await copy.run("vitest", "run", "--project=api", "tests/api/me.test.ts", "tests/api/lists.test.ts");
});
