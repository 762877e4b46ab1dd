import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** A child process that ends with this process. */
export interface GuardedChild {
  /** Undefined while the process runs. After that, its last output, which explains why it ended. */
  ended(): string | undefined;
  /** Stops the process. Resolves when it has exited. */
  stop(): Promise<void>;
}

/**
 * The guard reads from a pipe of this process. When this process ends in any way, the kernel closes the pipe's write
 * end, the guard's `read` returns, and the guard ends the child. The child has its own process group, so Ctrl-C in a
 * terminal does not reach it and this process ends first.
 */
const guard = `exec 3<&0
"$@" </dev/null 3<&- &
child=$!
printf %s "$child" >"$PID_FILE"
(read -r _ <&3; kill -TERM "$child") >/dev/null 2>&1 &
watcher=$!
wait "$child"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"`;

const graceMs = 5000;

/** Starts a command under a guard that ends it when this process ends, even after SIGKILL. */
export function startGuarded(command: string, args: readonly string[], pidFile: string, cwd?: string): GuardedChild {
  const child = spawn("/bin/sh", ["-c", guard, "guard", command, ...args], {
    detached: true,
    env: { ...process.env, PID_FILE: pidFile },
    stdio: ["pipe", "pipe", "pipe"],
    ...(cwd !== undefined && { cwd }),
  });
  let output = "";
  let over = false;
  const keep = (chunk: Buffer) => {
    output = `${output}${chunk}`.slice(-2000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  child.stdin.on("error", () => {});
  const gone = new Promise<void>((resolve) => {
    const end = (reason: string) => {
      over = true;
      output = output.trim() || reason;
      rmSync(pidFile, { force: true });
      resolve();
    };
    child.once("error", (error) => end(error.message));
    child.once("close", (code, signal) => end(`it ended with ${signal ?? code}`));
  });
  return {
    ended: () => (over ? output : undefined),
    stop() {
      child.stdin.end();
      const group = child.pid;
      const impatient = setTimeout(() => group !== undefined && process.kill(-group, "SIGKILL"), graceMs);
      return gone.finally(() => clearTimeout(impatient));
    },
  };
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Returns the command line of a process. Empty if the process does not exist. */
function commandLineOf(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  try {
    if (existsSync("/proc/self/cmdline")) return readFileSync(file, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/**
 * Ends the process that a killed predecessor left running, so that two processes never use the same files. The system
 * reuses process ids, so a process is only ended if its command line contains the marker.
 * @returns the id of the ended process
 */
export async function reclaim(pidFile: string, marker: string): Promise<number | undefined> {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number(readFileSync(pidFile, "utf8"));
  rmSync(pidFile, { force: true });
  if (!(pid > 1) || !commandLineOf(pid).includes(marker)) return undefined;
  for (let waitedMs = 0; alive(pid) && commandLineOf(pid).includes(marker); waitedMs += 20) {
    process.kill(pid, waitedMs < 3000 ? "SIGTERM" : "SIGKILL");
    await delay(20);
  }
  return pid;
}
