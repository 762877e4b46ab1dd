"use client";

import { useState } from "react";
import { useHydrated } from "../../lib/hydrated.ts";

/**
 * Data in a page for machines. It is not executable, and `<` is escaped so the data cannot end its element. It is
 * rendered on the server only: the browser's Trusted Types policy forbids React to create script elements, which it
 * would do if an extension had changed the page before hydration.
 */
export function DataScript({ type, json }: { type: string; json: string }) {
  const hydrated = useHydrated();
  const [isServers] = useState(!hydrated);
  return isServers && <script type={type}>{json.replace(/</g, "\\u003c")}</script>;
}
