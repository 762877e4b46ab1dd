import pc from "picocolors";
import { ensurePlatform } from "../sst-platform.ts";
import { command, root } from "./command.ts";
import { step } from "./terminal.ts";

const checks = [
  { title: "Format and lint", file: "biome", args: ["check", "--error-on-warnings", "."] },
  { title: "Types: core, functions, local cloud, tests", file: "tsc", args: ["-p", "."] },
  { title: "Types: infra, against SST's own sources", file: "tsc", args: ["-p", "infra"] },
  { title: "Types: the second program", file: "tsc", args: ["-p", "tests/local/second-app"] },
  { title: "Types: service worker", file: "tsc", args: ["-p", "packages/web/features/offline/worker"] },
  { title: "Types: web", file: "tsc", args: ["--noEmit", "-p", "packages/web"] },
];

/**
 * Format, lint and types of everything, at the same time.
 * @returns how many passed and failed; what failed is printed
 */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  await ensurePlatform(root);
  const results = await Promise.all(
    checks.map(({ title, file, args }) =>
      step(title, () => command(file, args)).then(
        () => undefined,
        (error: unknown) => `${pc.bold(title)}\n${error instanceof Error ? error.message : error}`,
      ),
    ),
  );
  const problems = results.filter((result) => result !== undefined);
  for (const problem of problems) console.error(`\n${problem}`);
  return { passed: results.length - problems.length, failed: problems.length };
}
