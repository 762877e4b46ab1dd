import { cp, glob, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";

/** For so long a tab finds the chunks of the build that it started with. In S3 they stay, since a deployment deletes nothing. */
export const keptMs = 30 * 24 * 60 * 60 * 1000;

interface Folders {
  /** The versioned files of the build. */
  readonly assets: string;
  /** Those of earlier builds, each with the time at which a build first did without it. */
  readonly earlier: string;
}

const filesIn = (folder: string): Promise<string[]> =>
  Array.fromAsync(glob("**/*", { cwd: folder, withFileTypes: true }), (entry) =>
    entry.isFile() ? path.relative(folder, path.join(entry.parentPath, entry.name)) : "",
  ).then((files) => files.filter(Boolean));

const timeOf = async (file: string): Promise<number | undefined> => (await stat(file).catch(() => undefined))?.mtimeMs;

/** Copies what the next build may do without. To be called before that build, which empties the folder. */
export async function setAside({ assets, earlier }: Folders, now: number): Promise<void> {
  for (const file of await filesIn(assets)) {
    const copy = path.join(earlier, file);
    // A file of a build before this one has its time already.
    if ((await timeOf(copy)) !== undefined) continue;
    await cp(path.join(assets, file), copy, { recursive: true });
    await utimes(copy, new Date(now), new Date(now));
  }
}

/** Puts back beside a new build what it does without for less than 30 days, and forgets the rest. */
export async function putBack({ assets, earlier }: Folders, now: number): Promise<void> {
  for (const file of await filesIn(earlier)) {
    const copy = path.join(earlier, file);
    const isUsed = (await timeOf(path.join(assets, file))) !== undefined;
    if (isUsed || now - ((await timeOf(copy)) ?? 0) > keptMs) await rm(copy);
    else await cp(copy, path.join(assets, file), { recursive: true, preserveTimestamps: true });
  }
}
