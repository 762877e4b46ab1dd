"use client";

import { lazy, Suspense, useState } from "react";
import { browserStorage } from "../../lib/browser-storage.ts";
import { useOnLaptop } from "./local-cloud.ts";

const Bar = lazy(() => import("./bar.tsx").then(({ Bar }) => ({ default: Bar })));

/** The storage key that records that the user hid the bar. */
const hiddenKey = "daybook.local-bar";

/** The bar of local mode, once in the document. Its code is loaded only where it is shown. */
export function LocalBar() {
  const [hidden, setHidden] = useState(false);
  if (!useOnLaptop() || hidden || browserStorage.read(hiddenKey) === "hidden") return null;
  const hide = () => {
    setHidden(true);
    browserStorage.write(hiddenKey, "hidden");
  };
  return (
    <Suspense>
      <Bar onHide={hide} />
    </Suspense>
  );
}
