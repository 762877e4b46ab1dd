import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { runChecks } from "./lib/checks.ts";
import { command } from "./lib/command.ts";
import { grantsVariable, unusedGrantsOf } from "./lib/grants.ts";
import { problemFaultsOf, problemsVariable } from "./lib/problems.ts";
import { Advice, run } from "./lib/terminal.ts";
import { buildWeb } from "./lib/web.ts";

const projects = ["unit", "architecture", "infra", "api", "local", "time"] as const;
const parts = ["check", ...projects, "browser"] as const;
type Part = (typeof parts)[number];
/** Parts of the tests that need the web app's build. */
const needWeb: readonly Part[] = ["infra", "local", "browser"];

/** Returns the parts that `--only` names, separated by commas, or all parts. */
function selectedParts(): readonly Part[] {
  const { only } = parseArgs({ options: { only: { type: "string" } } }).values;
  const names = only?.split(",") ?? parts;
  const unknown = names.find((name) => !parts.some((part) => part === name));
  if (unknown !== undefined) throw new Advice(`There is no part "${unknown}".`, `The parts are ${parts.join(", ")}.`);
  return parts.filter((part) => names.includes(part));
}

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** Failures to repeat at the end of the output, where they are easy to find. */
  readonly failures?: readonly string[];
}

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});
type VitestReport = z.output<typeof VitestReport>;
const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/**
 * Returns the failed tests, and the files that failed before any of their tests, each with the beginning of its error.
 */
function failuresOf({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((each) => each.status === "failed");
    if (status === "failed" && failed.length === 0) return [`${name}\n${message.slice(0, 2_000)}`];
    return failed.map((each) => `${name} › ${each.fullName}\n${each.failureMessages?.join("\n").slice(0, 2_000)}`);
  });
}

/** Returns the parsed report of a runner. A run that ended without a report is one failure. */
async function outcome<Report>(
  file: string,
  schema: z.ZodType<Report>,
  read: (report: Report) => Outcome,
  code: number,
): Promise<Outcome> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1 };
  const result = read(schema.parse(JSON.parse(text)));
  return code !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result;
}

async function vitest(folder: string, selected: readonly Part[]): Promise<Outcome> {
  const report = path.join(folder, "vitest.json");
  const { code } = await command(
    "vitest",
    [
      "run",
      ...selected.map((name) => `--project=${name}`),
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    { show: true },
  );
  return outcome(
    report,
    VitestReport,
    (r) => ({ passed: r.numPassedTests, failed: r.numFailedTests, failures: failuresOf(r) }),
    code,
  );
}

/**
 * Runs browser tests.
 * @param options selection and settings of the tests
 */
async function playwright(folder: string, name: string, ...options: readonly string[]): Promise<Outcome> {
  const report = path.join(folder, `${name}.json`);
  const { code } = await command("playwright", ["test", ...options, "--reporter=list,json"], {
    show: true,
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return outcome(
    report,
    PlaywrightReport,
    ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky }),
    code,
  );
}

/** Runs all browser tests. Timing tests run last, without other load. */
async function browserTests(folder: string): Promise<Outcome[]> {
  return [
    await playwright(folder, "browser", "--grep-invert=@time"),
    await playwright(folder, "browser-time", "--grep=@time", "--workers=1"),
  ];
}

/** Prints what is missing after all tests of a kind. */
function missing(lines: readonly string[]): Outcome {
  for (const line of lines) process.stdout.write(`${line}\n`);
  return { passed: lines.length === 0 ? 1 : 0, failed: lines.length };
}

await run(async () => {
  const selected = selectedParts();
  const folder = await mkdtemp(path.join(os.tmpdir(), "daybook-test-"));
  try {
    if (selected.some((part) => needWeb.includes(part))) await buildWeb();
    const [grants, problems] = [path.join(folder, "grants"), path.join(folder, "problems")];
    await Promise.all([mkdir(grants), mkdir(problems)]);
    Object.assign(process.env, { [grantsVariable]: grants, [problemsVariable]: problems });
    const outcomes: Outcome[] = [];
    if (selected.includes("check")) outcomes.push(await runChecks({ all: true }));
    const chosen = projects.filter((project) => selected.includes(project));
    if (chosen.length > 0) outcomes.push(await vitest(folder, chosen));
    if (selected.includes("browser")) outcomes.push(...(await browserTests(folder)));
    // A run with failures can lack what a failed test would have used.
    if (outcomes.every((each) => each.failed === 0)) {
      if (selected.includes("api") && selected.includes("local")) outcomes.push(missing(problemFaultsOf(problems)));
      if (selected.length === parts.length)
        outcomes.push(missing(unusedGrantsOf(grants).map((grant) => `No test uses a grant: ${grant}`)));
    }
    const passed = outcomes.reduce((sum, each) => sum + each.passed, 0);
    const failed = outcomes.reduce((sum, each) => sum + each.failed, 0);
    process.exitCode = failed ? 1 : 0;
    for (const failure of outcomes.flatMap(({ failures = [] }) => failures)) process.stdout.write(`\n✗ ${failure}\n`);
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
