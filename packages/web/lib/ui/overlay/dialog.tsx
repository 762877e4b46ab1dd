"use client";

import { loadedOnDemand } from "../on-demand.ts";

const isOpen = ({ open }: { open: boolean }) => open;

/** A modal dialog. Its code is loaded on demand. */
export const Dialog = loadedOnDemand(() => import("./dialog.parts.tsx").then(({ LoadedDialog }) => LoadedDialog), {
  wanted: isOpen,
});

/** The sidebar on narrow screens. Its code is loaded on demand. */
export const Drawer = loadedOnDemand(() => import("./dialog.parts.tsx").then(({ LoadedDrawer }) => LoadedDrawer), {
  wanted: isOpen,
});
