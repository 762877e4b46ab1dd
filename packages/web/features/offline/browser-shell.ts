import { offlineWords } from "../../copy/offline.ts";
import { showToast } from "../../lib/ui/toast/toast-store.ts";

/** Milliseconds between two questions whether there is a new version, asked when a person comes back to a tab that was open for long. */
const askEveryMs = 3_600_000;

const { serviceWorker } = navigator;

/** Takes the version that waits, if another tab has not done so, and starts the page again as that version. */
function accept({ waiting }: ServiceWorkerRegistration): void {
  if (!waiting) {
    location.reload();
    return;
  }
  serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("accept");
}

const offer = (registration: ServiceWorkerRegistration) =>
  showToast({
    id: "new-version",
    text: offlineWords.newVersion.text,
    action: { name: offlineWords.newVersion.reload, run: () => accept(registration) },
    lasting: true,
  });

/** Offers each version that has been fetched while this page runs another. */
function watch(registration: ServiceWorkerRegistration): void {
  const offerWhenWaiting = ({ installing }: ServiceWorkerRegistration) =>
    installing?.addEventListener("statechange", () => installing.state === "installed" && offer(registration));
  if (registration.waiting) offer(registration);
  offerWhenWaiting(registration);
  registration.addEventListener("updatefound", () => offerWhenWaiting(registration));
  // The first worker takes over the page that registered it. A later one does where another tab has accepted a new version: this tab runs
  // the old version until its person wants the new one.
  let { controller } = serviceWorker;
  serviceWorker.addEventListener("controllerchange", () => {
    if (controller) offer(registration);
    ({ controller } = serviceWorker);
  });
}

function askNowAndThen(registration: ServiceWorkerRegistration): void {
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - asked < askEveryMs) return;
    asked = Date.now();
    registration.update().catch(() => {
      // There is no network, or no server: the next time.
    });
  });
}

let isKept = false;

/** Keeps a copy of the app in this browser, so that it opens without a network, and offers new versions of it. */
export async function keepShell(): Promise<void> {
  if (isKept || serviceWorker === undefined) return;
  isKept = true;
  serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {
    // Without storage or a network there is no copy, and the app works as a page.
  });
  const registration = await serviceWorker.ready;
  registration.active?.postMessage("started");
  watch(registration);
  askNowAndThen(registration);
}

/** Deletes the copy and the service worker. The pages that are open go on with the network. */
export async function forgetShell(): Promise<void> {
  if (serviceWorker === undefined) return;
  isKept = false;
  const registrations = await serviceWorker.getRegistrations();
  await Promise.all(registrations.map((registration) => registration.unregister()));
  const names = await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
}
