import { offlineWords } from "../../copy/offline.ts";
import { showToast } from "../../lib/ui/toast/toast-store.ts";

/** Minimum time in milliseconds between two checks for a new version. A check runs when the user returns to the tab. */
const askEveryMs = 3_600_000;

const { serviceWorker } = navigator;

/** Activates the waiting version, unless another tab has already done so, and reloads the page as that version. */
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

/** Offers each version that was installed while this page runs an older one. */
function watch(registration: ServiceWorkerRegistration): void {
  const offerWhenWaiting = ({ installing }: ServiceWorkerRegistration) =>
    installing?.addEventListener("statechange", () => installing.state === "installed" && offer(registration));
  if (registration.waiting) offer(registration);
  offerWhenWaiting(registration);
  registration.addEventListener("updatefound", () => offerWhenWaiting(registration));
  // The first worker takes control of the page that registered it. A later worker takes control if another tab accepts
  // a new version: this tab still runs the old one until the user accepts, too.
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
      // There is no network, or the server does not respond. The next check tries again.
    });
  });
}

let isKept = false;

/** Caches the app in this browser so that it opens without a network, and offers new versions. */
export async function keepShell(): Promise<void> {
  if (isKept || serviceWorker === undefined) return;
  isKept = true;
  serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {
    // Without storage or a network, nothing is cached and the app works online only.
  });
  const registration = await serviceWorker.ready;
  registration.active?.postMessage("started");
  watch(registration);
  askNowAndThen(registration);
}

/** Deletes the caches and the service worker. Open pages continue to use the network. */
export async function forgetShell(): Promise<void> {
  if (serviceWorker === undefined) return;
  isKept = false;
  const registrations = await serviceWorker.getRegistrations();
  await Promise.all(registrations.map((registration) => registration.unregister()));
  const names = await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
}
