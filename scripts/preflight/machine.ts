import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { type Finding, ok, toDo } from "./finding.ts";

const Manifest = z.object({
  version: z.string().optional(),
  devDependencies: z.record(z.string(), z.string()).optional(),
});

const manifest = (folder: string) => {
  const file = path.join(folder, "package.json");
  return existsSync(file) ? Manifest.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
};

/**
 * Checks that this machine meets the requirements in package.json.
 * @param node the running version, such as `24.21.0`
 */
export function checkMachine(root: string, node: string): Finding[] {
  const wanted = manifest(root)?.devDependencies ?? {};
  return [
    version("Node", wanted.node, node),
    version("SST", wanted.sst, manifest(path.join(root, "node_modules/sst"))?.version),
  ];
}

function version(what: string, wanted: string | undefined, found: string | undefined): Finding {
  if (found !== undefined && found === wanted) return ok(what, found);
  return toDo(what, `${found ?? "none"}, but package.json requires ${wanted}`, "Run `npm ci`.", { blocks: true });
}
