// Runs first on a fresh clone, with any version of Node: checks the machine, installs the packages in the lock file,
// and runs the script with the given name on the pinned Node. It uses only Node's built-in modules.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isStamped, matchesLockFile, writeStamp } from "./install-stamp.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const pinnedNode = path.join(root, "node_modules/.bin/node");
const [command, ...args] = process.argv.slice(2);

function stop(problem, advice) {
  console.error(`\n  ✗ ${problem}\n    ${advice}\n`);
  process.exit(1);
}

function checkMachine() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 11)) {
    stop(
      `Daybook needs Node 20.11 or newer; this is ${process.version}.`,
      "Install a current Node from https://nodejs.org and try again.",
    );
  }
  if (process.platform !== "linux" && process.platform !== "darwin") {
    stop(`Daybook does not run on ${process.platform}.`, "Use Linux or macOS. On Windows, use WSL 2.");
  }
}

/** Runs the npm that started this script, or `npm` on the PATH when the script was started directly. */
function npm(...words) {
  const cli = process.env.npm_execpath;
  const [file, lead] = cli?.endsWith(".js") ? [process.execPath, [cli]] : ["npm", []];
  return spawnSync(file, [...lead, ...words], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
}

/** Returns false for a copy of node_modules from another platform too. */
const nodeRuns = () => existsSync(pinnedNode) && spawnSync(pinnedNode, ["--version"], { stdio: "ignore" }).status === 0;

function install() {
  if (isStamped()) return;
  // `npm install NAME@VERSION` changes the lock file and node_modules together, and does not run postinstall.
  if (nodeRuns() && matchesLockFile()) return writeStamp();
  console.error("\n  Installing packages from the lock file (once, about a minute) …\n");
  const { status } = npm("ci", "--no-audit", "--no-fund", "--loglevel=error");
  if (status !== 0) stop("npm ci failed.", "Fix the error above, then run the command again.");
}

function checkNode() {
  if (nodeRuns()) return;
  stop(
    "The pinned Node is missing: its install script did not run.",
    "Run `npm rebuild node` without --ignore-scripts, then try again.",
  );
}

checkMachine();
install();
checkNode();
const child = spawn(pinnedNode, [path.join(root, `scripts/${command}.ts`), ...args], {
  cwd: root,
  // The channel carries no data. It closes when this process ends, even after `kill -9`, and the child then ends
  // itself.
  stdio: ["inherit", "inherit", "inherit", "ipc"],
  env: {
    ...process.env,
    PATH: `${path.join(root, "node_modules/.bin")}${path.delimiter}${process.env.PATH}`,
    NEXT_TELEMETRY_DISABLED: "1",
  },
});
// A terminal sends Ctrl+C to the child as well. Signals to this process only must be forwarded.
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
process.on("SIGINT", () => {});
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 143);
});
