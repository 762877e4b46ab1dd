"use client";

import { onDemand, usePart } from "../on-demand.ts";
import type { DrawerProps } from "./drawer.parts.tsx";

const drawerParts = onDemand(() => import("./drawer.parts.tsx"));

/** The sidebar on narrow screens. Its code is loaded on demand. */
export function Drawer(props: DrawerProps) {
  const parts = usePart(drawerParts, props.open);
  return parts && <parts.LoadedDrawer {...props} />;
}
