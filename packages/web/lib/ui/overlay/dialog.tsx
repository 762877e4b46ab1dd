"use client";

import { onDemand, usePart } from "../on-demand.ts";
import type { DialogProps } from "./dialog.parts.tsx";

const dialogParts = onDemand(() => import("./dialog.parts.tsx"));

/** A modal dialog. Its code is loaded on demand. */
export function Dialog(props: DialogProps) {
  const parts = usePart(dialogParts, props.open);
  return parts && <parts.LoadedDialog {...props} />;
}
