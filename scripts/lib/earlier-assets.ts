import { cp, glob, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";

/**
 * How long open tabs can load chunks of an earlier build, in milliseconds. In S3 they remain, because a deployment
 * deletes nothing.
 */
export const keptMs = 30 * 24 * 60 * 60 * 1000;

interface Folders {
  /** The versioned files of the current build. */
  readonly assets: string;
  /** Files of earlier builds. The modification time is the time of the first build without the file. */
  readonly earlier: string;
}

const filesIn = (folder: string): Promise<string[]> =>
  Array.fromAsync(glob("**/*", { cwd: folder, withFileTypes: true }), (entry) =>
    entry.isFile() ? path.relative(folder, path.join(entry.parentPath, entry.name)) : "",
  ).then((files) => files.filter(Boolean));

const timeOf = async (file: string): Promise<number | undefined> => (await stat(file).catch(() => undefined))?.mtimeMs;

/** Copies the current files. Call it before a build, which empties the folder. */
export async function setAside({ assets, earlier }: Folders, now: number): Promise<void> {
  for (const file of await filesIn(assets)) {
    const copy = path.join(earlier, file);
    // The copy is from an earlier build and already has its time.
    if ((await timeOf(copy)) !== undefined) continue;
    await cp(path.join(assets, file), copy, { recursive: true });
    await utimes(copy, new Date(now), new Date(now));
  }
}

/**
 * Restores files that the new build lacks if their build was replaced less than 30 days ago, and deletes older copies.
 * Example: a chunk that the build of 5 March lacks for the first time is restored until 4 April.
 */
export async function putBack({ assets, earlier }: Folders, now: number): Promise<void> {
  for (const file of await filesIn(earlier)) {
    const copy = path.join(earlier, file);
    const isUsed = (await timeOf(path.join(assets, file))) !== undefined;
    if (isUsed || now - ((await timeOf(copy)) ?? 0) > keptMs) await rm(copy);
    else await cp(copy, path.join(assets, file), { recursive: true, preserveTimestamps: true });
  }
}
