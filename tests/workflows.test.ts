import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { policyOf } from "../infra/stage.ts";
import { awsAction, commandsOf, files, readWorkflow, stepsOf, textOf } from "./workflow-files.ts";

const root = path.resolve(import.meta.dirname, "..");
const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(path.join(root, "package.json"), "utf8"),
);

describe.each([...files, awsAction])("%s", (file) => {
  it("pins every action to a commit, with its version in a comment", () => {
    const uses = textOf(file)
      .split("\n")
      .filter((line) => /uses:/.test(line) && !line.includes("./"));
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});

describe.each(files)("%s", (file) => {
  it("runs only existing commands", () => {
    const named = commandsOf(file).flatMap((each) =>
      [...each.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = ""]) => name),
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it("uses no secrets, and accesses AWS only with a role", () => {
    expect(textOf(file)).not.toMatch(/secrets\.|aws-access-key|AWS_SECRET|AKIA/);
    const direct = stepsOf(file).filter(({ uses }) => uses?.startsWith("aws-actions/"));
    expect(direct).toEqual([]);
  });

  it("uses the Node in .nvmrc", () => {
    for (const { uses, with: given } of stepsOf(file))
      if (uses?.startsWith("actions/setup-node")) expect(given?.["node-version-file"]).toBe(".nvmrc");
  });

  it("skips jobs that need a role while the repository has none", () => {
    for (const { if: condition = "", environment, steps } of Object.values(readWorkflow(file).jobs)) {
      const roles = steps.flatMap(({ uses, with: given }) => (uses === "./.github/actions/aws" ? given?.role : []));
      // At the level of a job, GitHub knows the variables of the repository, and not yet those of the environment.
      const variable = `vars.AWS_ROLE_${environment?.toUpperCase()}`;
      expect(roles).toEqual(environment ? [`\${{ ${variable} }}`] : []);
      if (environment) expect(condition).toMatch(new RegExp(`^${variable} != ''`));
    }
  });

  it("inserts no expressions into shell commands", () => {
    for (const command of commandsOf(file)) expect(command).not.toMatch(/\$\{\{/);
  });

  it("has the fewest possible permissions", () => {
    const { permissions, jobs } = readWorkflow(file);
    expect(Object.values(permissions).filter((level) => level === "write")).toEqual([]);
    const may = file === "release.yml" ? ["contents"] : ["id-token", "pull-requests"];
    for (const { permissions: own = {}, environment } of Object.values(jobs)) {
      const writes = Object.entries(own)
        .filter(([, level]) => level === "write")
        .map(([name]) => name);
      expect(writes.filter((name) => !may.includes(name))).toEqual([]);
      // A job that can assume a role must use an environment, which the role's trust policy requires.
      if (own["id-token"] === "write") expect(environment).toMatch(/^(preview|production)$/);
    }
  });

  it("has a timeout, and does not keep credentials after the checkout", () => {
    for (const job of Object.values(readWorkflow(file).jobs))
      if (!job.uses) expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
    for (const { uses, with: given } of stepsOf(file))
      if (uses?.startsWith("actions/checkout")) expect(given).toMatchObject({ "persist-credentials": false });
  });
});

it("runs the tests for each pull request", () => {
  expect(readWorkflow("test.yml").on).toHaveProperty("pull_request");
  expect(commandsOf("test.yml")).toContain("npm test");
});

it("runs the tests on Linux x64, Linux on Arm and macOS", () => {
  expect(readWorkflow("test.yml").jobs.test).toMatchObject({
    strategy: { "fail-fast": false, matrix: { os: ["ubuntu-latest", "ubuntu-24.04-arm", "macos-latest"] } },
  });
});

describe("a preview", () => {
  const { on, concurrency, jobs } = readWorkflow("preview.yml");

  it("is deployed and removed with its pull request, without interruption, and not for forks or Dependabot", () => {
    expect(on).toEqual({ pull_request: { types: ["opened", "reopened", "synchronize", "closed"] } });
    expect(concurrency).toEqual({ group: `preview-\${{ github.event.number }}`, "cancel-in-progress": false });
    for (const job of Object.values(jobs)) expect(job.if).toContain("head.repo.full_name == github.repository");
    expect(jobs.deploy?.if).toContain("user.login != 'dependabot[bot]'");
    expect(commandsOf("preview.yml")).toContain('npx sst deploy --stage "$STAGE"');
  });

  it("is deployed only after all checks have passed, and checks run without credentials", () => {
    const steps = jobs.deploy?.steps ?? [];
    const at = (isStep: (step: (typeof steps)[number]) => boolean) => steps.findIndex(isStep);
    const checks = at(({ run }) => run === "npm run check -- --all");
    const credentials = at(({ uses }) => uses === "./.github/actions/aws");
    const deployment = at(({ run }) => run?.startsWith("npx sst deploy") ?? false);
    expect(checks).toBeGreaterThan(0);
    expect([checks, credentials, deployment]).toEqual([checks, credentials, deployment].toSorted((a, b) => a - b));
  });

  it("is a stage that is removed completely", () => {
    expect(policyOf("pr-7")).toMatchObject({ production: false, removal: "remove", protect: false });
  });
});

it("deploys main to production after its tests, one deployment at a time", () => {
  const { on, concurrency, jobs } = readWorkflow("production.yml");
  expect(on).toEqual({ push: { branches: ["main"] } });
  expect(concurrency).toEqual({ group: "production", "cancel-in-progress": false });
  expect(jobs.test?.uses).toBe("./.github/workflows/test.yml");
  expect(jobs.deploy).toMatchObject({ needs: "test", environment: "production" });
  expect(commandsOf("production.yml").at(-1)).toBe("npx sst deploy --stage production");
});

it("updates packages and actions with Dependabot, and every package of the AWS SDK in one pull request", () => {
  const Update = z.object({ "package-ecosystem": z.string(), groups: z.record(z.string(), z.unknown()) });
  const { updates } = z.object({ updates: z.array(Update) }).parse(parse(textOf("../dependabot.yml")));
  expect(updates.map((update) => update["package-ecosystem"])).toEqual(["npm", "github-actions"]);
  // The first group that matches a package applies.
  expect(Object.entries(updates[0]?.groups ?? {})[0]).toEqual(["aws-sdk", { patterns: ["@aws-sdk/*", "@smithy/*"] }]);
});
