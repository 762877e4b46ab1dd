/** Something that the app needs to start: a page as the server sends it, or a file of the build. */
export interface Entry {
  readonly url: string;
  /** Of a file: the hash of its bytes, as `fetch` checks it. */
  readonly integrity?: string;
}

/** One build of the app, as `build-worker.ts` writes it into the worker. */
export interface Shell {
  /** The id of the build, which is also in its pages. */
  readonly build: string;
  /** The page that opens without a network, and the one that says why another page cannot. */
  readonly pages: { readonly app: string; readonly offline: string };
  readonly files: readonly Entry[];
}

/** All caches of the app begin with it; `browser-shell.ts` deletes them by it. */
const prefix = "daybook-shell-";

/** A file with a hash in its name: it is the same in every build that has it. */
export const isImmutable = (path: string) => path.startsWith("/_next/static/");

/**
 * Fetches an entry for a cache. Credentials are left out, so no answer can be about a person.
 * @throws if the answer is not of this build, for example while a deployment is under way
 */
async function load({ url, integrity }: Entry, build: string): Promise<Response> {
  const earlier = isImmutable(url) ? await caches.match(url, { ignoreVary: true }) : undefined;
  if (earlier) return earlier;
  // The edge keeps pages by address and query, so the query makes it skip a copy of another build.
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

/** The cache of one build. Each build has its own, so that two builds are never mixed. */
export function cacheOf({ build, pages, files }: Shell) {
  const cacheName = prefix + build;
  const entries = [{ url: pages.app }, { url: pages.offline }, ...files];

  return {
    /** Fetches what is missing. @throws if any entry cannot be had */
    async fill(): Promise<void> {
      // A sign-out deletes the cache. What is put into this object afterwards is not kept.
      const cache = await caches.open(cacheName);
      const missing = async (entry: Entry) => {
        if (!(await cache.match(entry.url, { ignoreVary: true }))) await cache.put(entry.url, await load(entry, build));
      };
      await Promise.all(entries.map(missing));
    },

    /** The copy of this build; of a file that never changes, also the copy of another build whose tabs are still open. */
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
