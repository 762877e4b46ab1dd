"use client";

import { onDemand, usePart } from "../on-demand.ts";
import type { DrawerProps } from "./drawer.parts.tsx";

const drawerParts = onDemand(() => import("./drawer.parts.tsx"));

/** What stands beside the page where there is room, and comes in from the left where there is none. A link in it closes it. */
export function Drawer(props: DrawerProps) {
  const parts = usePart(drawerParts, props.open);
  return parts && <parts.LoadedDrawer {...props} />;
}
