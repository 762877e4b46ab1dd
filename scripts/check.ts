import { runChecks } from "./lib/checks.ts";
import { run } from "./lib/terminal.ts";

await run(async () => {
  const { failed } = await runChecks({ all: process.argv.includes("--all") });
  process.exitCode = failed ? 1 : 0;
});
