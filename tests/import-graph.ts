import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { specifiersIn, syntaxOf } from "./syntax.ts";

export const root = path.resolve(import.meta.dirname, "..");
export const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "" && existsSync(path.join(root, file)));
export const sources = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith(".d.ts"));
export const read = (file: string) => readFileSync(path.join(root, file), "utf8");

export const programOf = (file: string) => syntaxOf(file, read(file));

const known = new Map<string, readonly string[]>();
/** Returns the modules that a file imports, including types. Modules of the repository are paths from its root. */
export function importsOf(file: string): readonly string[] {
  if (file.endsWith(".json")) return [];
  const imported =
    known.get(file) ??
    specifiersIn(programOf(file)).map((specifier) => {
      if (specifier.startsWith(".")) return path.posix.join(path.posix.dirname(file), specifier);
      return specifier.replace(/^@daybook\/(\w+)\//, "packages/$1/src/");
    });
  known.set(file, imported);
  return imported;
}

/** Returns all forbidden imports of a part of the repository, as "file → import". */
export function forbidden(from: RegExp, to: (imported: string, file: string) => boolean): string[] {
  return sources
    .filter((file) => from.test(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((imported) => to(imported, file))
        .map((imported) => `${file} → ${imported}`),
    );
}

/** Returns the import cycles among files, each as "a → b → a". */
export function circlesIn(part: RegExp): string[] {
  const circles: string[] = [];
  const visited = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) circles.push([...trail.slice(start), file].join(" → "));
    if (visited.has(file)) return;
    visited.add(file);
    for (const imported of importsOf(file)) if (part.test(imported)) visit(imported, [...trail, file]);
  };
  for (const file of sources) if (part.test(file)) visit(file, []);
  return circles;
}

export const isTest = (file: string) => /\.test\.tsx?$|\/testing\//.test(file);
