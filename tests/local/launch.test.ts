import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** Runs the launcher with modified process properties. */
function launchAs(change: string) {
  const pretend = `data:text/javascript,${encodeURIComponent(change)}`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", pretend, path.join(root, "scripts/launch.mjs"), "start"],
    {
      encoding: "utf8",
    },
  );
  return { status, stderr };
}

describe("the launcher", () => {
  it("names the required version of Node.js before anything is installed", () => {
    const { status, stderr } = launchAs('Object.defineProperty(process.versions, "node", { value: "18.19.0" })');
    expect(status).toBe(1);
    expect(stderr).toContain("Daybook needs Node 20.11 or newer");
    expect(stderr).not.toContain("    at ");
  });

  it("names the supported platforms", () => {
    const { status, stderr } = launchAs('Object.defineProperty(process, "platform", { value: "win32" })');
    expect(status).toBe(1);
    expect(stderr).toContain("WSL 2");
  });
});
