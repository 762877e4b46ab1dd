import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { policyOf } from "../infra/stage.ts";

const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, ".github/workflows");

const Permissions = z.record(z.string(), z.enum(["read", "write", "none"]));
const Step = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const Job = z.object({
  if: z.string().optional(),
  uses: z.string().optional(),
  needs: z.string().optional(),
  environment: z.string().optional(),
  strategy: z.record(z.string(), z.unknown()).optional(),
  permissions: Permissions.optional(),
  "timeout-minutes": z.number().optional(),
  steps: z.array(Step).default([]),
});
const Workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: Permissions,
  concurrency: z.object({ group: z.string(), "cancel-in-progress": z.union([z.boolean(), z.string()]) }),
  jobs: z.record(z.string(), Job),
});

const textOf = (file: string) => readFileSync(path.join(folder, file), "utf8");
const read = (file: string) => Workflow.parse(parse(textOf(file)));
const files = readdirSync(folder);
const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(path.join(root, "package.json"), "utf8"),
);

const stepsOf = (file: string) => Object.values(read(file).jobs).flatMap(({ steps }) => steps);
const commandsOf = (file: string) => stepsOf(file).flatMap(({ run }) => run ?? []);

describe.each(files)("%s", (file) => {
  it("pins every action to a commit, with its version in a comment", () => {
    const uses = textOf(file)
      .split("\n")
      .filter((line) => /uses:/.test(line) && !line.includes("./"));
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("runs only existing commands", () => {
    const named = commandsOf(file).flatMap((each) =>
      [...each.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = ""]) => name),
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it("uses no secrets, and accesses AWS only with a role", () => {
    expect(textOf(file)).not.toMatch(/secrets\.|aws-access-key|AWS_SECRET|AKIA/);
    const keys = stepsOf(file).filter(({ uses }) => uses?.startsWith("aws-actions/"));
    for (const { with: given } of keys)
      expect(given).toEqual({ "role-to-assume": `\${{ vars.AWS_ROLE }}`, "aws-region": policyOf("production").region });
  });

  it("inserts no expressions into shell commands", () => {
    for (const command of commandsOf(file)) expect(command).not.toMatch(/\$\{\{/);
  });

  it("has the fewest possible permissions", () => {
    const { permissions, jobs } = read(file);
    expect(Object.values(permissions).filter((level) => level === "write")).toEqual([]);
    for (const { permissions: own = {}, environment } of Object.values(jobs)) {
      const writes = Object.entries(own)
        .filter(([, level]) => level === "write")
        .map(([name]) => name);
      expect(writes.filter((name) => name !== "id-token" && name !== "pull-requests")).toEqual([]);
      // A job that can assume a role must use an environment, which the role's trust policy requires.
      if (own["id-token"] === "write") expect(environment).toMatch(/^(preview|production)$/);
    }
  });

  it("has a timeout, and does not keep credentials after the checkout", () => {
    for (const job of Object.values(read(file).jobs))
      if (!job.uses) expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
    for (const { uses, with: given } of stepsOf(file))
      if (uses?.startsWith("actions/checkout")) expect(given).toMatchObject({ "persist-credentials": false });
  });
});

it("runs the tests for each pull request", () => {
  expect(read("test.yml").on).toHaveProperty("pull_request");
  expect(commandsOf("test.yml")).toContain("npm test");
});

it("runs the tests on Linux x64, Linux on Arm and macOS", () => {
  expect(read("test.yml").jobs.test).toMatchObject({
    strategy: { "fail-fast": false, matrix: { os: ["ubuntu-latest", "ubuntu-24.04-arm", "macos-latest"] } },
  });
});

describe("a preview", () => {
  const { on, concurrency, jobs } = read("preview.yml");

  it("is deployed and removed with its pull request, without interruption, and not for forks", () => {
    expect(on).toEqual({ pull_request: { types: ["opened", "reopened", "synchronize", "closed"] } });
    expect(concurrency).toEqual({ group: `preview-\${{ github.event.number }}`, "cancel-in-progress": false });
    for (const job of Object.values(jobs)) expect(job.if).toContain("head.repo.full_name == github.repository");
    expect(commandsOf("preview.yml")).toContain('npx sst deploy --stage "$STAGE"');
  });

  it("is deployed only after all checks have passed, and checks run without credentials", () => {
    const steps = jobs.deploy?.steps ?? [];
    const at = (isStep: (step: (typeof steps)[number]) => boolean) => steps.findIndex(isStep);
    const checks = at(({ run }) => run === "npm run check -- --all");
    const credentials = at(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials") ?? false);
    const deployment = at(({ run }) => run?.startsWith("npx sst deploy") ?? false);
    expect(checks).toBeGreaterThan(0);
    expect([checks, credentials, deployment]).toEqual([checks, credentials, deployment].toSorted((a, b) => a - b));
  });

  it.each([
    ["passes when SST has removed the stage", "echo Removed", 0],
    ["passes when the stage was never deployed", "echo '✕  Stage not found' >&2; exit 1", 0],
    ["fails on every other error", "echo 'AccessDenied: no role' >&2; exit 1", 1],
  ])("%s", (_, program, status) => {
    const run = jobs.remove?.steps.find((step) => step.run?.includes("sst remove"))?.run ?? "exit 2";
    const folder = mkdtempSync(path.join(os.tmpdir(), "workflow-"));
    try {
      writeFileSync(
        path.join(folder, "npx"),
        `#!/bin/bash\n[ "$*" = "sst remove --stage pr-7" ] || exit 3\n${program}\n`,
      );
      chmodSync(path.join(folder, "npx"), 0o755);
      const env = { PATH: `${folder}:${process.env.PATH}`, STAGE: "pr-7" };
      // As GitHub runs a step with `shell: bash`.
      const result = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", run], { cwd: folder, env });
      expect(result.status).toBe(status);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is a stage that is removed completely", () => {
    expect(policyOf("pr-7")).toMatchObject({ production: false, removal: "remove", protect: false });
  });
});

it("deploys main to production after its tests, one deployment at a time", () => {
  const { on, concurrency, jobs } = read("production.yml");
  expect(on).toEqual({ push: { branches: ["main"] } });
  expect(concurrency).toEqual({ group: "production", "cancel-in-progress": false });
  expect(jobs.test?.uses).toBe("./.github/workflows/test.yml");
  expect(jobs.deploy).toMatchObject({ needs: "test", environment: "production" });
  expect(commandsOf("production.yml").at(-1)).toBe("npx sst deploy --stage production");
});
