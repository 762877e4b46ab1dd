import { cacheOf, isImmutable, type Shell } from "./shell.ts";

/* The service worker. It opens the app from a cached copy of its build and does nothing else: it handles no API
   requests, stores no user data, and leaves all other pages to the browser. */

declare const self: ServiceWorkerGlobalScope;
/** Inserted by `build-worker.ts`. */
declare const shell: Shell;

const cache = cacheOf(shell);
const files: ReadonlySet<string> = new Set(shell.files.map(({ url }) => url));

/** Pages of the app that need a network. Without one, the app's offline page replaces the browser's error page. */
const needNetwork = new Set([
  ...["/", "/account", "/sign-in", "/sign-up", "/confirm", "/forgot", "/reset"],
  "/write", // #blog
]);
const withoutSlash = (path: string) => path.replace(/(?<=.)\/$/, "");
const isApp = (path: string) => withoutSlash(path) === shell.pages.app;

async function fromCache(request: Request, path: string): Promise<Response> {
  return (await cache.find(path)) ?? (await fetch(request));
}

async function fromNetwork(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const page = await cache.find(shell.pages.offline);
    if (!page) throw error;
    return new Response(page.body, { status: 503, statusText: "Offline", headers: page.headers });
  }
}

/** Returns the response to a request that this worker handles, or undefined to leave it to the browser. */
function answer(request: Request): Promise<Response> | undefined {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return undefined;
  if (request.mode === "navigate") {
    if (isApp(pathname)) return fromCache(request, shell.pages.app);
    return needNetwork.has(withoutSlash(pathname)) ? fromNetwork(request) : undefined;
  }
  return files.has(pathname) || isImmutable(pathname) ? fromCache(request, pathname) : undefined;
}

/**
 * Deletes the caches of other builds, unless another tab may still run one or a later build is installing or waiting.
 */
async function tidy(): Promise<void> {
  const others = await cache.others();
  // Read after the cache names: a build that starts to install between the two reads is noticed, and its cache is not
  // deleted.
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const { installing, waiting } = self.registration;
  if (pages.length > 1 || installing || waiting) return;
  await Promise.all(others.map((name) => caches.delete(name)));
}

self.addEventListener("install", (event) => {
  const install = async () => {
    try {
      await cache.fill();
    } catch (error) {
      await cache.discard();
      throw error;
    }
  };
  event.waitUntil(install());
});

// The first worker also controls pages that were already open. A later worker waits until all tabs are closed or the
// user accepts it.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const response = answer(event.request);
  if (response) event.respondWith(response);
});

/**
 * Messages from `browser-shell.ts`: "started" when a page has started, "accept" when the user wants the waiting
 * version.
 */
self.addEventListener("message", (event) => {
  if (event.data === "accept") void self.skipWaiting();
  // Without a network, or after another deployment, the cache does not change.
  if (event.data === "started") event.waitUntil(cache.fill().then(tidy, () => undefined));
});
