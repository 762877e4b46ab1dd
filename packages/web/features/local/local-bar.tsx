"use client";

import { lazy, Suspense, useState } from "react";
import { useOnLaptop } from "./local-cloud.ts";

const Bar = lazy(() => import("./bar.tsx").then(({ Bar }) => ({ default: Bar })));

/** The storage key that records that the user hid the bar. */
const hiddenKey = "daybook.local-bar";

function isHidden(): boolean {
  try {
    return localStorage.getItem(hiddenKey) === "hidden";
  } catch {
    return false;
  }
}

/** The bar of local mode, once in the document. Its code is loaded only where it is shown. */
export function LocalBar() {
  const [hidden, setHidden] = useState(false);
  if (!useOnLaptop() || hidden || isHidden()) return null;
  const hide = () => {
    setHidden(true);
    try {
      localStorage.setItem(hiddenKey, "hidden");
    } catch {
      // If storage is full or disabled, the bar is hidden on this page only.
    }
  };
  return (
    <Suspense>
      <Bar onHide={hide} />
    </Suspense>
  );
}
