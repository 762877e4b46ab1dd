import { fork } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { Worker } from "node:worker_threads";
import type { Invocation, RuntimeMessage, RuntimeSettings } from "../runtime/messages.ts";

/** How a runtime ended: its exit code, or `killed` when it exceeded its memory. */
export type Ending = { readonly exitCode: number } | { readonly killed: true };

export interface HostOptions {
  readonly settings: RuntimeSettings;
  /** The complete `process.env` of the runtime. */
  readonly environment: Readonly<Record<string, string>>;
  /** Path of the bundled runtime. */
  readonly runtimeFile: string;
  /** Working directory. Only processes can set it. */
  readonly folder: string;
  /** Whether stack traces name the lines of the source files. */
  readonly sourceMaps: boolean;
  onMessage(message: RuntimeMessage): void;
  /** Receives output that did not pass through the runtime, such as a native library's. */
  onOutput(text: string): void;
  /** Called once. */
  onEnd(ending: Ending): void;
}

/** Runs a runtime in a thread or a process. */
export interface Host {
  send(invocation: Invocation): void;
  /** Ends the runtime immediately. Resolves when it has ended. */
  stop(): Promise<void>;
}

const isOutOfMemory = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";

function forward(output: Readable | null, options: HostOptions): void {
  output?.setEncoding("utf8").on("data", (text: string) => options.onOutput(text.trimEnd()));
}

/** Starts a worker thread: fast to start, 25–30 MB each. It shares the working directory of the process. */
export function startThread(options: HostOptions): Host {
  const { settings, environment, runtimeFile, sourceMaps } = options;
  const worker = new Worker(runtimeFile, {
    workerData: settings,
    env: { ...environment },
    execArgv: sourceMaps ? ["--enable-source-maps"] : [],
    resourceLimits: { maxOldGenerationSizeMb: settings.memory },
    stdout: true,
    stderr: true,
    name: settings.functionName,
  });
  let killed = false;
  worker.on("message", options.onMessage);
  worker.on("error", (error) => {
    killed = isOutOfMemory(error);
    if (!killed) options.onOutput(error.stack ?? error.message);
  });
  worker.on("exit", (exitCode) => options.onEnd(killed ? { killed } : { exitCode }));
  forward(worker.stdout, options);
  forward(worker.stderr, options);
  return {
    send: (invocation) => worker.postMessage(invocation),
    stop: async () => void (await worker.terminate()),
  };
}

/** Starts a separate process: slower to start, with its own working directory and native memory. */
export function startProcess(options: HostOptions): Host {
  const { settings, environment, runtimeFile, folder, sourceMaps } = options;
  const child = fork(runtimeFile, [JSON.stringify(settings)], {
    cwd: folder,
    env: { ...environment },
    execArgv: [`--max-old-space-size=${settings.memory}`, ...(sourceMaps ? ["--enable-source-maps"] : [])],
    // The last pipe carries no data. It closes when this process ends, even after a crash, and the child then ends
    // itself.
    stdio: ["ignore", "pipe", "pipe", "ipc", "pipe"],
  });
  let ended = false;
  const end = (ending: Ending) => {
    if (!ended) options.onEnd(ending);
    ended = true;
  };
  // The other end of the channel is this project's runtime.
  child.on("message", (message) => options.onMessage(message as RuntimeMessage));
  child.on("error", (error) => {
    options.onOutput(error.message);
    if (child.pid === undefined) end({ exitCode: 1 });
  });
  child.on("exit", (exitCode) => end(exitCode === null ? { killed: true } : { exitCode }));
  forward(child.stdout, options);
  forward(child.stderr, options);
  // The pipe breaks when the child is killed. The `exit` event above reports that.
  child.stdio[4]?.on("error", () => {});
  return {
    send(invocation) {
      if (child.connected) child.send(invocation);
    },
    async stop() {
      if (ended) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
