import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startTestCloud } from "../cloud.ts";

const root = path.resolve(import.meta.dirname, "../..");
const dataFolder = mkdtempSync(path.join(os.tmpdir(), "daybook-start-"));
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

/** Runs `npm start`'s script until it exits. */
function runStart(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, "scripts/start.ts")], {
      cwd: root,
      env: {
        ...process.env,
        NO_COLOR: "1",
        FORCE_COLOR: "",
        PORT: "0",
        MAIL_PORT: "0",
        DAYBOOK_DATA: dataFolder,
        ...env,
      },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** Opens a port and keeps it busy. */
async function takenPort(): Promise<{ port: number; close(): void }> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("A TCP server has a port.");
  return { port: address.port, close: () => server.close() };
}

describe("npm start", () => {
  it.each(["PORT", "MAIL_PORT"])("says which port is in use and how to choose another: %s", async (name) => {
    const taken = await takenPort();
    const { code, output } = await runStart({ [name]: String(taken.port) });
    taken.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${taken.port} is in use.`);
    expect(output).toContain(`${name}=${taken.port + 10} npm start`);
    expect(output).not.toContain("    at ");
  });

  it("refuses an invalid port", async () => {
    const { code, output } = await runStart({ PORT: "web" });
    expect([code, output]).toEqual([1, expect.stringContaining('PORT is "web"')]);
  });

  it("does not start twice on the same data", async () => {
    const cloud = await startTestCloud({ dataFolder });
    const { code, output } = await runStart({});
    await cloud.stop();
    expect(code).toBe(1);
    expect(output).toContain(`uses ${dataFolder}`);
  });
});
