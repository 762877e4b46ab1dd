import type { ComponentProps } from "react";

/** A link in a line of text to a page that readers see: the browser opens it as a page of its own, as it does for them. */
export const PageLink = ({ children, ...props }: ComponentProps<"a">) => (
  <a
    {...props}
    className="rounded-sm font-semibold text-accent underline underline-offset-4 wrap-anywhere hover:text-accent-strong"
  >
    {children}
  </a>
);
