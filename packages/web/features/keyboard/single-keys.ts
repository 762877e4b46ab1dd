import { useSyncExternalStore } from "react";

/** Whether single letters act: whoever speaks to their computer, or hits keys by accident, switches them off (WCAG 2.1.4). */
const key = "daybook.single-keys";
const listeners = new Set<() => void>();

// A browser may forbid storage altogether; then the shortcuts are as they come.
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
    // It is a convenience: without storage it stays as it was.
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

/** The setting of this browser, in all of its tabs. */
export const useSingleKeys = (): boolean => useSyncExternalStore(subscribe, read, () => true);
