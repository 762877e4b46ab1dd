import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";

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

describe("the packages", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "daybook-launch-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (file: string, content: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  };
  const writeLock = (file: string, packages: object) => write(file, JSON.stringify({ packages }));
  for (const file of ["scripts/launch.mjs", "scripts/install-stamp.mjs"])
    write(file, readFileSync(path.join(root, file), "utf8"));
  write("scripts/hello.ts", "");
  write("npm.js", 'console.log("npm", process.argv[2])');
  write("node_modules/.bin/node", `#!/bin/sh\nexec "${process.execPath}" "$@"\n`);
  chmodSync(path.join(folder, "node_modules/.bin/node"), 0o755);

  /** Runs a script with the launcher, and returns what it asks of npm. */
  function launch() {
    const env = { ...process.env, npm_execpath: path.join(folder, "npm.js") };
    const { status, stdout } = spawnSync(process.execPath, [path.join(folder, "scripts/launch.mjs"), "hello"], {
      env,
      encoding: "utf8",
    });
    expect(status).toBe(0);
    return stdout.trim();
  }

  const other = { "node_modules/esbuild-plan9": { version: "1.0.0", optional: true } };

  it("are installed only if they differ from the lock file, for example not after `npm install NAME@VERSION`", () => {
    writeLock("package-lock.json", { "": {}, "node_modules/zod": { version: "1.0.0" } });
    expect(launch()).toBe("npm ci");
    writeLock("node_modules/.package-lock.json", { "node_modules/zod": { version: "1.0.0" } });
    expect(launch()).toBe("");
    writeLock("package-lock.json", { "": {}, "node_modules/zod": { version: "1.1.0" } });
    expect(launch()).toBe("npm ci");
    writeLock("node_modules/.package-lock.json", { "node_modules/zod": { version: "1.1.0" } });
    expect(launch()).toBe("");
    // The stamp of the last run is enough.
    rmSync(path.join(folder, "node_modules/.package-lock.json"));
    expect(launch()).toBe("");
  });

  it("may lack what other platforms need, and nothing else", () => {
    writeLock("node_modules/.package-lock.json", { "node_modules/zod": { version: "1.1.0" } });
    writeLock("package-lock.json", { "node_modules/zod": { version: "1.1.0" }, "node_modules/new": {} });
    expect(launch()).toBe("npm ci");
    writeLock("package-lock.json", { ...other });
    expect(launch()).toBe("npm ci");
    writeLock("package-lock.json", { "node_modules/zod": { version: "1.1.0" }, ...other });
    expect(launch()).toBe("");
  });
});
