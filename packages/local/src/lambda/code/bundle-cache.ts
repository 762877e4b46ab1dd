import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { isObject, object, text, textRecord, texts } from "../../json.ts";
import type { Bundle, Source, Workshop } from "./bundle-types.ts";

const hash = (...parts: (string | Uint8Array)[]) => {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part).update("\0");
  return sum.digest("hex");
};

const readIfThere = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");

/**
 * Returns size and modification time, which show without reading a file that it is unchanged.
 *
 * @param until later changes return a stamp that no file has
 */
function stampOf(file: string, until = Number.POSITIVE_INFINITY): string {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return "missing";
  return found.mtimeMs > until ? "changed" : `${found.size} ${found.mtimeMs}`;
}

/** Links the nearest `node_modules` folder next to a bundle that loads packages at run time. */
function linkPackages(folder: string, entry: string): void {
  let at = path.dirname(entry);
  while (!existsSync(path.join(at, "node_modules")) && at !== path.dirname(at)) at = path.dirname(at);
  const packages = path.join(at, "node_modules");
  if (existsSync(packages)) symlinkSync(packages, path.join(folder, "node_modules"));
}

/** Writes a folder atomically. Another process that shares the cache sees either the complete bundle or none. */
function writeOnce(folder: string, write: (draft: string) => void): void {
  if (existsSync(folder)) return;
  const draft = `${folder}.${process.pid}.draft`;
  mkdirSync(draft, { recursive: true });
  write(draft);
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

export interface Output {
  /** Files by their paths relative to the bundle's folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly main: string;
  readonly external: readonly string[];
  /** Absolute paths of the program's own input files. */
  readonly inputs: readonly string[];
}

export interface BundleCache {
  /** Returns, by the ids of their sources, the cached bundles whose input files have not changed. */
  find(sources: readonly Source[]): Map<string, Bundle>;
  /** @param since when esbuild started to read the files. A file that changed later counts as changed. */
  store(source: Source, output: Output, since: number): Bundle;
}

/** Opens the cache of earlier runs' bundles. Several processes may use it at once. */
export function openBundleCache({ root, cacheFolder }: Workshop): BundleCache {
  mkdirSync(cacheFolder, { recursive: true });
  const surroundings = hash(
    ...["package-lock.json", "tsconfig.json"].map((name) => readIfThere(path.join(root, name))),
  );
  const keyOf = ({ entry, options, plugins }: Source) =>
    hash(surroundings, entry, JSON.stringify(options), plugins ? readIfThere(path.resolve(root, plugins)) : "");
  const recordFile = ({ id }: Source) => path.join(cacheFolder, `${id}.json`);

  /** @param stamps the stamps that are known already, because sources have inputs in common */
  function findOne(source: Source, stamps: Map<string, string>): Bundle | undefined {
    const content = readIfThere(recordFile(source));
    if (content === "") return undefined;
    const record: unknown = JSON.parse(content);
    if (!isObject(record) || record.key !== keyOf(source)) return undefined;
    const changed = Object.entries(textRecord(record.inputs)).some(([input, before]) => {
      const stamp = stamps.get(input) ?? stampOf(input);
      stamps.set(input, stamp);
      return stamp !== before;
    });
    const { folder, file, external } = object(record.bundle);
    const bundle = { folder: text(folder) ?? "", file: text(file) ?? "", external: texts(external) };
    return changed || !existsSync(bundle.file) ? undefined : bundle;
  }

  return {
    find(sources) {
      const stamps = new Map<string, string>();
      return new Map(
        sources.flatMap((source) => {
          const found = findOne(source, stamps);
          return found ? [[source.id, found] as const] : [];
        }),
      );
    },
    store(source, { files, main, external, inputs }, since) {
      const copies = (source.copyFiles ?? []).map(({ from, to }) => ({ from: path.resolve(root, from), to }));
      const made = [...inputs, ...copies.map(({ from }) => from)];
      const copied = copies.flatMap(({ from, to }) => [to, stampOf(from)]);
      const name = `${source.id}-${hash(...[...files].flat(), ...copied).slice(0, 8)}`;
      const folder = path.join(cacheFolder, name);
      writeOnce(folder, (draft) => {
        for (const [file, content] of files) writeFileSync(path.join(draft, file), content);
        for (const { from, to } of copies) cpSync(from, path.join(draft, to), { recursive: true });
        if (external.some((item) => !item.startsWith("node:"))) linkPackages(draft, source.entry);
      });
      const bundle: Bundle = { folder, file: path.join(folder, main), external };
      const record = {
        key: keyOf(source),
        bundle,
        inputs: Object.fromEntries(made.map((file) => [file, stampOf(file, since)])),
      };
      const draft = `${recordFile(source)}.${process.pid}`;
      writeFileSync(draft, JSON.stringify(record));
      renameSync(draft, recordFile(source));
      return bundle;
    },
  };
}
