import pc from "picocolors";

/** An error that the user can fix. It is printed without a stack trace, with the next step. */
export class Advice extends Error {
  override readonly name = "Advice";
  readonly advice: string;
  constructor(problem: string, advice: string) {
    super(problem);
    this.advice = advice;
  }
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs a piece of work under a line with its title, followed by its duration. */
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

/** Runs a script's main function. An `Advice` is printed with its message, any other error with its stack. */
export async function run(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (error instanceof Advice) console.error(`\n  ${pc.red("✗")} ${error.message}\n    ${error.advice}\n`);
    else console.error(error);
    process.exitCode = 1;
  }
}
