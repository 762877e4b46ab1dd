// Computes a stamp that shows whether node_modules matches the lock file. As the root's postinstall script, it writes
// the stamp after any npm command.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const stampFile = path.join(root, "node_modules/.cache/daybook/installed");

export const installStamp = () =>
  createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");

if (process.argv[1] === fileURLToPath(import.meta.url) && existsSync(path.join(root, "package-lock.json"))) {
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, installStamp());
}
