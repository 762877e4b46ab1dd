import { spawn } from "node:child_process";
import path from "node:path";

/** Root folder of the repository. */
export const root = path.resolve(import.meta.dirname, "../..");

/** A failed command, with its complete output. */
export class CommandFailedError extends Error {
  override readonly name = "CommandFailedError";
}

interface Options {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input of the command. */
  readonly input?: string;
  /** Prints the output as it arrives and does not throw. By default, the output is kept and shown only on failure. */
  readonly show?: boolean;
}

/**
 * Runs a command of node_modules/.bin or the PATH.
 * @returns its exit code and output (empty with `show`)
 * @throws CommandFailedError unless `show` is set
 */
export function command(
  file: string,
  args: readonly string[],
  { cwd = root, env = {}, input, show = false }: Options = {},
) {
  return new Promise<{ code: number; output: string }>((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: [input === undefined ? "ignore" : "pipe", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stdin?.end(input);
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0 || show) resolve({ code: code ?? 1, output });
      else reject(new CommandFailedError(`${file} ${args.join(" ")} ended with ${code}\n${output}`));
    });
  });
}
