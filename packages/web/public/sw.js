// Served when there is no build, as in development. Unregisters the service worker that an earlier build left at this
// URL, and deletes its caches. A build replaces this file by its own worker (`features/offline/build-worker.ts`).
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("daybook-shell-")) await caches.delete(name);
      await registration.unregister();
      const pages = await clients.matchAll({ type: "window" });
      await Promise.all(pages.map((page) => page.navigate(page.url).catch(() => undefined)));
    })(),
  );
});
