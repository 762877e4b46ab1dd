import { useSyncExternalStore } from "react";

/**
 * Whether single-key shortcuts are on. Users of speech input, or users who press keys by accident, can turn them off
 * (WCAG 2.1.4).
 */
const key = "daybook.single-keys";
const listeners = new Set<() => void>();

// If the browser forbids storage, single keys are on.
function read(): boolean {
  try {
    return localStorage.getItem(key) !== "off";
  } catch {
    return true;
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(key);
    else localStorage.setItem(key, "off");
  } catch {
    // The setting is a convenience. Without storage it does not change.
  }
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** The setting of this browser, synchronized between its tabs. */
export const useSingleKeys = (): boolean => useSyncExternalStore(subscribe, read, () => true);
