"use client";

import { useSyncExternalStore } from "react";
import { common } from "../../../copy/common.ts";
import { browserStorage } from "../../browser-storage.ts";

export type Theme = "system" | "light" | "dark";

/** The themes and their names. */
export const themes: readonly (readonly [Theme, string])[] = [
  ["system", common.theme.system],
  ["light", common.theme.light],
  ["dark", common.theme.dark],
];

/** The key under which `public/theme.js` finds the choice before the first paint. */
const storageKey = "theme";
const listeners = new Set<() => void>();

function chosen(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

function show(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

/** Applies a theme in all tabs and remembers it. */
export function chooseTheme(theme: Theme): void {
  show(theme);
  browserStorage.write(storageKey, theme);
}

/** Applies the choice of another tab. */
function follow({ key, newValue }: StorageEvent): void {
  if (key === storageKey) show(newValue === "light" || newValue === "dark" ? newValue : "system");
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", follow);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("storage", follow);
  };
}

/** The theme that was chosen in this browser. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, chosen, () => "system");
