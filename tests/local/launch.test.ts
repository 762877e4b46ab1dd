import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** Runs the launcher on a machine that claims to be another. */
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
  it("says which Node it needs, before anything is installed", () => {
    const { status, stderr } = launchAs('Object.defineProperty(process.versions, "node", { value: "18.19.0" })');
    expect(status).toBe(1);
    expect(stderr).toContain("Daybook needs Node 20.11 or newer");
    expect(stderr).not.toContain("    at ");
  });

  it("says on which platforms it runs", () => {
    const { status, stderr } = launchAs('Object.defineProperty(process, "platform", { value: "win32" })');
    expect(status).toBe(1);
    expect(stderr).toContain("WSL 2");
  });
});
