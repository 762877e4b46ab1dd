"use client";

import clsx from "clsx";
import { type ReactNode, useEffect, useRef } from "react";

let lastPath: string | undefined;

/** The heading of a page. Takes the focus after a client-side navigation, which would otherwise lose it. */
export function Heading({ className, children }: { className?: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const navigated = lastPath !== undefined && lastPath !== location.pathname;
    lastPath = location.pathname;
    if (navigated && document.activeElement === document.body) heading.current?.focus();
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={clsx("font-serif font-medium wrap-anywhere", className ?? "text-title")}>
      {children}
    </h1>
  );
}
