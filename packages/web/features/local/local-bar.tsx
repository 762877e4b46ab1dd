"use client";

import { lazy, Suspense, useState } from "react";
import { useOnLaptop } from "./local-cloud.ts";

const Bar = lazy(() => import("./bar.tsx").then(({ Bar }) => ({ default: Bar })));

/** Where a browser keeps that somebody does not want the bar. */
const hiddenKey = "daybook.local-bar";

function isHidden(): boolean {
  try {
    return localStorage.getItem(hiddenKey) === "hidden";
  } catch {
    return false;
  }
}

/** The bar of local mode, once in the document. Where it is not shown its code is not even loaded. */
export function LocalBar() {
  const [hidden, setHidden] = useState(false);
  if (!useOnLaptop() || hidden || isHidden()) return null;
  const hide = () => {
    setHidden(true);
    try {
      localStorage.setItem(hiddenKey, "hidden");
    } catch {
      // Storage is full or switched off: it is hidden on this page alone.
    }
  };
  return (
    <Suspense>
      <Bar onHide={hide} />
    </Suspense>
  );
}
