import type { ComponentProps } from "react";

/** A text link to pages that everyone reads: a plain anchor that loads the page in full, as for readers. */
export const PageLink = ({ children, ...props }: ComponentProps<"a">) => (
  <a
    {...props}
    className="rounded-sm font-semibold text-accent underline underline-offset-4 wrap-anywhere hover:text-accent-strong"
  >
    {children}
  </a>
);
