// Served where there is no build, as in development: it removes the service worker of an earlier build at the same address, with all that
// it has stored. A build puts its own worker in this place (`features/offline/build-worker.ts`).
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
