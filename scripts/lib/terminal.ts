import pc from "picocolors";

/** Something a person can act on: printed without a stack trace, with what to do next. */
export class Advice extends Error {
  override readonly name = "Advice";
  readonly advice: string;
  constructor(problem: string, advice: string) {
    super(problem);
    this.advice = advice;
  }
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Does a piece of work under one line that says what, and in the end how long it took. */
export async function step<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
  const since = performance.now();
  const rewrite = process.stderr.isTTY ? "\r\x1b[2K" : "";
  if (rewrite) process.stderr.write(`  ${pc.cyan("•")} ${title} …`);
  try {
    const result = await work();
    process.stderr.write(`${rewrite}  ${pc.green("✓")} ${title} ${pc.dim(seconds(since))}\n`);
    return result;
  } catch (error) {
    process.stderr.write(`${rewrite}  ${pc.red("✗")} ${title} ${pc.dim(seconds(since))}\n`);
    throw error;
  }
}

/** Runs a script's main function; an `Advice` ends it with its words, anything else with its stack. */
export async function run(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (error instanceof Advice) console.error(`\n  ${pc.red("✗")} ${error.message}\n    ${error.advice}\n`);
    else console.error(error);
    process.exitCode = 1;
  }
}
