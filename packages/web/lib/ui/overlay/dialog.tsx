"use client";

import { onDemand, usePart } from "../on-demand.ts";
import type { DialogProps } from "./dialog.parts.tsx";

const dialogParts = onDemand(() => import("./dialog.parts.tsx"));

/** Asks for something over the page, which can be neither seen nor reached until it is closed. Its code is loaded when it first opens. */
export function Dialog(props: DialogProps) {
  const parts = usePart(dialogParts, props.open);
  return parts && <parts.LoadedDialog {...props} />;
}
