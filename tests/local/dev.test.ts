import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { freePorts, isFree } from "@daybook/local/ports";
import { afterAll, describe, expect, it } from "vitest";
import { descendants, isAlive } from "./processes.ts";

const root = path.resolve(import.meta.dirname, "../..");
const dataFolder = mkdtempSync(path.join(os.tmpdir(), "daybook-dev-"));
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

/** Runs `npm run dev` with Next's development server. Returns the ids of npm, the launcher and all other processes. */
async function runDev([port, mailPort]: readonly number[]) {
  const npm = spawn("npm", ["run", "dev"], {
    cwd: root,
    env: { ...process.env, PORT: String(port), MAIL_PORT: String(mailPort), DAYBOOK_DATA: dataFolder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(npm, "exit");
  const ready = Promise.withResolvers<void>();
  let output = "";
  npm.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (output.includes("Daybook is ready")) ready.resolve();
  });
  await Promise.race([ready.promise, exited]);
  const { pid = 0 } = npm;
  return { ids: [pid, ...descendants(pid)], exited, output };
}

describe("npm run dev", () => {
  it.each([
    ["SIGTERM to npm", "SIGTERM", 0],
    ["kill -9 of the launcher", "SIGKILL", 1],
  ] as const)(
    "ends with all of its processes and frees its ports after %s",
    async (_, signal, target) => {
      const ports = await freePorts(2);
      const { ids, exited, output } = await runDev(ports);
      expect(output).toContain("Daybook is ready");
      // npm, the launcher, the local cloud, Next, the database and esbuild.
      expect(ids.length).toBeGreaterThan(5);
      process.kill(ids[target] ?? 0, signal);
      await exited;
      await expect.poll(() => ids.filter(isAlive), { timeout: 20_000 }).toEqual([]);
      expect(await Promise.all(ports.map(isFree))).toEqual([true, true]);
    },
    120_000,
  );
});
