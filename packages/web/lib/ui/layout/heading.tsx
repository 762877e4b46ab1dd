"use client";

import clsx from "clsx";
import { type ReactNode, useEffect, useRef } from "react";

let lastPath: string | undefined;

/** The heading of a page. After a navigation inside the app it takes the focus, which would be lost otherwise. */
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
