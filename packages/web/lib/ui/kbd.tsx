import type { ReactNode } from "react";

/** A key, or keys pressed together. */
export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="rounded-sm border border-rule bg-paper px-1.5 py-0.5 font-sans text-xs text-muted">{children}</kbd>
);
