"use client";

import type { ComponentProps, MouseEvent } from "react";

/** A link within a page. It changes the URL without a request, so it works offline. */
export function LocalLink({ href, onClick, ...props }: ComponentProps<"a"> & { readonly href: string }) {
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (elsewhere || event.defaultPrevented) return;
    event.preventDefault();
    history.pushState(null, "", href);
  }
  return <a {...props} href={href} onClick={follow} />;
}
