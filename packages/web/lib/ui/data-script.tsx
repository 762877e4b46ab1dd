"use client";

import { useState } from "react";
import { useHydrated } from "../hydrated.ts";

/**
 * Data in a page, for machines; it is no script, and nothing in it can end its element. It is of the server's HTML alone: the browser's
 * policy forbids React to make such an element, which it would when an extension has changed the page before it came.
 */
export function DataScript({ type, json }: { type: string; json: string }) {
  const hydrated = useHydrated();
  const [isServers] = useState(!hydrated);
  return isServers && <script type={type}>{json.replace(/</g, "\\u003c")}</script>;
}
