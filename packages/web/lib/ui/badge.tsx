import clsx from "clsx";
import type { ReactNode } from "react";

const tones = {
  plain: "bg-wash text-muted",
  accent: "bg-selected text-accent",
  danger: "bg-danger-soft text-danger",
};

/** A short label or number about the element beside it. */
export const Badge = ({ tone = "plain", children }: { tone?: keyof typeof tones; children: ReactNode }) => (
  <span
    className={clsx(
      "inline-flex min-h-5 items-center gap-1 rounded-sm px-1.5 text-xs font-medium tabular-nums",
      tones[tone],
    )}
  >
    {children}
  </span>
);
