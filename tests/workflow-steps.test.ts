import path from "node:path";
import { describe, expect, it } from "vitest";
import { policyOf } from "../infra/stage.ts";
import { awsSteps, commandsOf, files, runStep, textOf } from "./workflow-files.ts";

const root = path.resolve(import.meta.dirname, "..");

describe("the removal of a preview", () => {
  it.each([
    ["passes when SST has removed the stage", "echo Removed", 0],
    ["passes when the stage was never deployed", "echo '✕  Stage not found' >&2; exit 1", 0],
    ["fails on every other error", "echo 'AccessDenied: no role' >&2; exit 1", 1],
  ])("%s", (_, program, status) => {
    const run = commandsOf("preview.yml").at(-1) ?? "exit 2";
    const npx = `[ "$*" = "sst remove --stage pr-7" ] || exit 3\n${program}`;
    expect(runStep(run, { npx }, { STAGE: "pr-7" }).status).toBe(status);
  });
});

describe("the sweep", () => {
  const run = commandsOf("sweep.yml").at(-1) ?? "exit 2";
  // The output of SST 4.17.
  const list = `      App:      daybook
      Region:   eu-west-1
      Stages:   ada
                my-pr-3
                pr-4
                pr-5
                pr-6
                pr-0 (not deployed)`;
  const npx = (remove: string) => `if [ "$2" = state ]; then cat <<'END'\n${list}\nEND\nelse echo "$*"; ${remove}; fi`;
  const gh = `case "$2" in repos/o/r/pulls/5) echo open;; repos/o/r/pulls/[46]) echo closed;; *) exit 1;; esac`;

  it("removes the previews of closed pull requests, and no other stage", () => {
    const { status, stdout } = runStep(run, { gh, npx: npx("true") }, { GH_REPO: "o/r" });
    expect([status, stdout]).toEqual([0, "sst remove --stage pr-4\nsst remove --stage pr-6\n"]);
  });

  it("fails if it could not remove one, after it has tried all", () => {
    const { status, stdout } = runStep(run, { gh, npx: npx('[ "$4" != pr-4 ]') }, { GH_REPO: "o/r" });
    expect([status, stdout]).toEqual([1, "sst remove --stage pr-4\nsst remove --stage pr-6\n"]);
  });

  it("removes nothing if GitHub or AWS does not answer", () => {
    expect(runStep(run, { gh: "exit 1", npx: npx("true") }, { GH_REPO: "o/r" })).toMatchObject({
      status: 1,
      stdout: "",
    });
    expect(runStep(run, { gh, npx: "exit 1" }, { GH_REPO: "o/r" })).toMatchObject({ status: 1, stdout: "" });
  });
});

describe("a release", () => {
  const run = commandsOf("release.yml").at(-1) ?? "exit 2";
  const gh = 'echo "$*"; cat notes.md';
  const given = {
    "CHANGELOG.md":
      "# Changelog\n\n## Unreleased\n\n- c\n\n## 1.1.0 - 2026-12-02\n\n### Added\n\n- b\n\n## 1.0.0 - 2026-12-01\n\n- a\n",
  };

  it("has its section of the changelog as notes", () => {
    const { status, stdout } = runStep(run, { gh }, { TAG: "v1.1.0" }, given);
    expect(status).toBe(0);
    expect(stdout).toBe(
      "release create v1.1.0 --verify-tag --title v1.1.0 --notes-file notes.md\n\n### Added\n\n- b\n\n",
    );
  });

  it("is not published without a section", () => {
    expect(runStep(run, { gh }, { TAG: "v1.1" }, given)).toMatchObject({
      status: 1,
      stdout: 'CHANGELOG.md has no section "## 1.1"\n',
    });
  });
});

it("uses the region of the stage in infra/stage.ts", () => {
  const { region } = policyOf("production");
  const command = `export GITHUB_OUTPUT=$PWD/output; cd "$ROOT"; ${awsSteps[0]?.run}\ncat "$GITHUB_OUTPUT"`;
  expect(runStep(command, {}, { ROOT: root, STAGE: "production" })).toMatchObject({
    status: 0,
    stdout: `region=${region}\n`,
  });
  expect(awsSteps[0]?.run).not.toContain("${{");
  expect(awsSteps[1]?.with).toEqual({
    "role-to-assume": `\${{ inputs.role }}`,
    "aws-region": `\${{ steps.stage.outputs.region }}`,
  });
  for (const file of files) expect(textOf(file)).not.toContain(region);
});
