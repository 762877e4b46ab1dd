"use client";

import { useSyncExternalStore } from "react";
import { common } from "../../../copy/common.ts";
import { browserStorage } from "../../browser-storage.ts";
import { observable } from "../../observable.ts";

export type Theme = "system" | "light" | "dark";

/** The themes and their names. */
export const themes: readonly (readonly [Theme, string])[] = [
  ["system", common.theme.system],
  ["light", common.theme.light],
  ["dark", common.theme.dark],
];

/** The key under which `public/theme.js` finds the choice before the first paint. */
const storageKey = "theme";
const toTheme = (text: string | null | undefined): Theme => (text === "light" || text === "dark" ? text : "system");

const isBrowser = typeof document !== "undefined";
const shown = observable(toTheme(isBrowser ? document.documentElement.dataset.theme : undefined));

function show(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  shown.set(theme);
}

/** Applies a theme in all tabs and remembers it. */
export function chooseTheme(theme: Theme): void {
  show(theme);
  browserStorage.write(storageKey, theme);
}

// Applies the choice of another tab, also one that was made while this page was loading.
if (isBrowser) {
  show(toTheme(browserStorage.read(storageKey)));
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === storageKey) show(toTheme(newValue));
  });
}

/** The theme that was chosen in this browser. */
export const useTheme = (): Theme => useSyncExternalStore(shown.subscribe, shown.get, () => "system");
