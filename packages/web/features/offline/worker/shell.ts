/** An entry of the app shell: a page as the server sends it, or a file of the build. */
export interface Entry {
  readonly url: string;
  /** The hash of a file's bytes, which `fetch` verifies. */
  readonly integrity?: string;
}

/** One build of the app, as `build-worker.ts` inserts it into the worker. */
export interface Shell {
  /** The build's id, which its pages contain. */
  readonly build: string;
  /** The page that opens without a network, and the page that stands in for other pages. */
  readonly pages: { readonly app: string; readonly offline: string };
  readonly files: readonly Entry[];
}

/** The common prefix of the app's caches. The placeholder `public/sw.js` finds them by it, too. */
const prefix = "daybook-shell-";

/** Whether a file has a hash in its name. Such a file is identical in every build that contains it. */
export const isImmutable = (path: string) => path.startsWith("/_next/static/");

/**
 * Fetches an entry to cache. Omits credentials, so the response cannot contain personal data.
 * @throws if the response belongs to another build, for example during a deployment
 */
async function load({ url, integrity }: Entry, build: string): Promise<Response> {
  const earlier = isImmutable(url) ? await caches.match(url, { ignoreVary: true }) : undefined;
  if (earlier) return earlier;
  // The edge caches pages by path and query. This query bypasses a cached copy of another build.
  const address = integrity === undefined ? `${url}?build=${build}` : url;
  const response = await fetch(address, {
    ...(integrity !== undefined && { integrity }),
    cache: isImmutable(url) ? "default" : "no-cache",
    credentials: "omit",
    redirect: "error",
    priority: "low",
  });
  const isOfBuild = integrity !== undefined || (await response.clone().text()).includes(build);
  if (!response.ok || !isOfBuild) throw new Error(`${url} is not of build ${build}`);
  return response;
}

/** The cache of one build. Each build has its own, so files of two builds never mix. */
export function cacheOf({ build, pages, files }: Shell) {
  const cacheName = prefix + build;
  const entries = [{ url: pages.app }, { url: pages.offline }, ...files];

  return {
    /** Fetches the missing entries. @throws if an entry cannot be fetched */
    async fill(): Promise<void> {
      // Signing out deletes the cache. Entries added to this object afterwards are not kept.
      const cache = await caches.open(cacheName);
      const missing = async (entry: Entry) => {
        if (!(await cache.match(entry.url, { ignoreVary: true }))) await cache.put(entry.url, await load(entry, build));
      };
      await Promise.all(entries.map(missing));
    },

    /**
     * Returns the copy of this build. For immutable files, also the copy of another build, whose tabs may still be
     * open.
     */
    async find(path: string): Promise<Response | undefined> {
      const own = await caches.match(path, { cacheName, ignoreVary: true });
      return own ?? (isImmutable(path) ? caches.match(path, { ignoreVary: true }) : undefined);
    },

    discard: () => caches.delete(cacheName),

    /** The names of the caches of other builds. */
    async others(): Promise<string[]> {
      return (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
    },
  };
}
