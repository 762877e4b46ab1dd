import { useSyncExternalStore } from "react";
import { browserStorage } from "../../lib/browser-storage.ts";

/**
 * Whether single-key shortcuts are on. Users of speech input, or users who press keys by accident, can turn them off
 * (WCAG 2.1.4).
 */
const key = "daybook.single-keys";

const read = (): boolean => browserStorage.read(key) !== "off";

export function setSingleKeys(on: boolean): void {
  browserStorage.write(key, on ? undefined : "off");
  // Browsers send this event only to the other tabs.
  window.dispatchEvent(new StorageEvent("storage"));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("storage", listener);
  return () => window.removeEventListener("storage", listener);
}

/** The setting of this browser, synchronized between its tabs. */
export const useSingleKeys = (): boolean => useSyncExternalStore(subscribe, read, () => true);
