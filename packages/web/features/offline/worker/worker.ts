import { cacheOf, isImmutable, type Shell } from "./shell.ts";

/*
 * The service worker. It opens the app from a copy of its build and changes nothing else: it answers no request to the API, stores
 * nothing that a person reads or writes, and leaves the pages of the blog to the browser.
 */

declare const self: ServiceWorkerGlobalScope;
/** Written in by `build-worker.ts`. */
declare const shell: Shell;

const cache = cacheOf(shell);
const files: ReadonlySet<string> = new Set(shell.files.map(({ url }) => url));

/** Pages of the app that need a network; without one, a page of ours says so in place of the browser's. */
const needNetwork = /^\/(|account|write|sign-in|sign-up|confirm|forgot|reset)\/?$/;
const isApp = (path: string) => path.replace(/\/$/, "") === shell.pages.app;

async function app(request: Request): Promise<Response> {
  return (await cache.find(shell.pages.app)) ?? (await fetch(request));
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

async function file(request: Request, path: string): Promise<Response> {
  return (await cache.find(path)) ?? (await fetch(request));
}

/** What this worker answers; nothing for what the browser does by itself. */
function answer(request: Request): Promise<Response> | undefined {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return undefined;
  if (request.mode === "navigate") {
    if (isApp(pathname)) return app(request);
    return needNetwork.test(pathname) ? fromNetwork(request) : undefined;
  }
  return files.has(pathname) || isImmutable(pathname) ? file(request, pathname) : undefined;
}

/** Deletes the caches of earlier builds, unless another tab may still run one or a later build waits. */
async function tidy(): Promise<void> {
  const others = await cache.others();
  // Asked for after the names, so that the cache of a build that has just begun to install is not among them.
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

// A page that was open before the first worker is served by it, too. A later worker waits until all tabs have closed or a person accepts.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const response = answer(event.request);
  if (response) event.respondWith(response);
});

/** From `browser-shell.ts`: a page has started, or a person wants the version that waits. */
self.addEventListener("message", (event) => {
  if (event.data === "accept") void self.skipWaiting();
  // Without a network, or after another deployment, the cache stays as it is.
  if (event.data === "started") event.waitUntil(cache.fill().then(tidy, () => undefined));
});
