"use client";

import { componentOf, onDemand } from "../on-demand.ts";

const parts = onDemand(() => import("./dialog.parts.tsx"));
const isOpen = ({ open }: { open: boolean }) => open;

/** A modal dialog. Its code is loaded on demand. */
export const Dialog = componentOf(parts, ({ LoadedDialog }) => LoadedDialog, isOpen);

/** The sidebar on narrow screens. Its code is loaded on demand. */
export const Drawer = componentOf(parts, ({ LoadedDrawer }) => LoadedDrawer, isOpen);
