import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse } from "yaml";
import * as z from "zod";

const folder = path.resolve(import.meta.dirname, "../.github/workflows");

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
const Action = z.object({ runs: z.object({ steps: z.array(Step) }) });

export const textOf = (file: string) => readFileSync(path.join(folder, file), "utf8");
export const readWorkflow = (file: string) => Workflow.parse(parse(textOf(file)));
export const files = readdirSync(folder);
export const awsAction = "../actions/aws/action.yml";
export const awsSteps = Action.parse(parse(textOf(awsAction))).runs.steps;
export const stepsOf = (file: string) => Object.values(readWorkflow(file).jobs).flatMap(({ steps }) => steps);
export const commandsOf = (file: string) => stepsOf(file).flatMap(({ run }) => run ?? []);

/** Runs a command of a workflow as GitHub does, in a folder with these files and with these programs on the PATH. */
export function runStep(
  command: string,
  programs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>> = {},
) {
  const cwd = mkdtempSync(path.join(os.tmpdir(), "workflow-"));
  try {
    for (const [name, text] of Object.entries(given)) writeFileSync(path.join(cwd, name), text);
    for (const [name, text] of Object.entries(programs))
      writeFileSync(path.join(cwd, name), `#!/bin/bash\n${text}\n`, { mode: 0o755 });
    return spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", command], {
      cwd,
      env: { PATH: `${cwd}:${process.env.PATH}`, ...env },
      encoding: "utf8",
    });
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
