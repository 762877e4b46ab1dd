import type { CallContext } from "../call-context.ts";

/** A file in the bucket of the web app's builds. */
interface StoredFile {
  readonly key: string;
  readonly uploadedAt: Date;
}

/** The bucket of the web app's builds. */
export interface AssetStorage {
  /** Lists all files below a prefix, page by page. */
  list(prefix: string): AsyncIterable<readonly StoredFile[]>;
  read(key: string): Promise<string>;
  /** Idempotent: a missing file is no error. */
  remove(keys: readonly string[]): Promise<void>;
}

interface AssetRetention {
  readonly storage: AssetStorage;
  readonly keptDays: number;
}

/** The result of a run. */
interface AssetsRun {
  /** Number of builds that open tabs may still use. */
  readonly builds: number;
  readonly removed: number;
}

const assets = "_assets/_next/static/";
const caches = "_cache/";
const dayMilliseconds = 24 * 60 * 60 * 1_000;

/** Each build has a list of its files, relative to `assets`. `packages/web/list-build.ts` writes it. */
const listOf = (build: string) => `${assets}${build}/files.json`;
const listForm = new RegExp(`^${assets}([^/]+)/files\\.json$`);

/** Rendered pages of a build, and its cached responses of the API. */
const cacheForm = /^_cache\/(?:__fetch\/)?([^/]+)\//;

async function allBelow(storage: AssetStorage, prefix: string): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  for await (const page of storage.list(prefix)) files.push(...page);
  return files;
}

/**
 * Removes files and rendered pages of builds that were replaced `keptDays` ago or earlier. Open tabs and service
 * workers load files of the build that they started with. Files of the current build stay, regardless of its age. A
 * deployment uploads only new files, so the age of a file does not show whether it is used. Idempotent.
 *
 * @param hasTime checked before each step; the next run continues
 */
export async function removeOldAssets(
  { clock }: CallContext,
  { storage, keptDays }: AssetRetention,
  hasTime: () => boolean,
): Promise<AssetsRun> {
  const since = new Date(clock.now().getTime() - keptDays * dayMilliseconds);
  const files = await allBelow(storage, assets);
  const builds = files
    .flatMap(
      ({ key, uploadedAt }) =>
        listForm
          .exec(key)
          ?.slice(1)
          .map((build) => ({ build, uploadedAt })) ?? [],
    )
    .toSorted((a, b) => a.uploadedAt.getTime() - b.uploadedAt.getTime());
  // A build was in use until the next one was uploaded. The last one is in use.
  const isCurrent = (next: StoredFile["uploadedAt"] | undefined) => next === undefined || next > since;
  const current = builds.filter((_, at) => isCurrent(builds[at + 1]?.uploadedAt)).map(({ build }) => build);
  const [oldest] = builds;
  // Before the first list is old enough, files without a list may belong to a build that was replaced recently.
  if (!oldest || oldest.uploadedAt > since) return { builds: current.length, removed: 0 };

  const used = new Set(current.map(listOf));
  for (const build of current) {
    const names: readonly string[] = JSON.parse(await storage.read(listOf(build)));
    for (const name of names) used.add(assets + name);
  }
  const isOld = ({ uploadedAt }: StoredFile) => uploadedAt <= since;
  const pages = await allBelow(storage, caches);
  const unused = [
    ...files.filter((file) => isOld(file) && !used.has(file.key)),
    ...pages.filter((file) => isOld(file) && !current.includes(cacheForm.exec(file.key)?.[1] ?? "")),
  ].map(({ key }) => key);
  let removed = 0;
  for (let start = 0; start < unused.length && hasTime(); start += mostAtOnce) {
    const some = unused.slice(start, start + mostAtOnce);
    await storage.remove(some);
    removed += some.length;
  }
  return { builds: current.length, removed };
}

/** S3's limit for one deletion. */
const mostAtOnce = 1_000;
