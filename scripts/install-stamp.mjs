// Tells whether node_modules matches the lock file. As the root's postinstall script, it writes the stamp after
// `npm ci` and `npm install`.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const lockFile = path.join(root, "package-lock.json");
const stampFile = path.join(root, "node_modules/.cache/daybook/installed");
/** npm writes here what it has installed. */
const installedFile = path.join(root, "node_modules/.package-lock.json");

const installStamp = () =>
  createHash("sha256").update(readFileSync(lockFile)).update(`${process.platform} ${process.arch}`).digest("hex");

export function writeStamp() {
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, installStamp());
}

export const isStamped = () => existsSync(stampFile) && readFileSync(stampFile, "utf8") === installStamp();

/**
 * Compares the versions of all packages, which takes longer than the stamp. npm installs optional packages for this
 * platform only.
 */
export function matchesLockFile() {
  if (!existsSync(installedFile)) return false;
  const packagesIn = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
  const installed = packagesIn(installedFile);
  const { "": _, ...locked } = packagesIn(lockFile);
  return (
    Object.keys(installed).every((place) => place in locked) &&
    Object.entries(locked).every(([place, { version, optional }]) =>
      place in installed ? installed[place].version === version : optional,
    )
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url) && existsSync(lockFile)) writeStamp();
