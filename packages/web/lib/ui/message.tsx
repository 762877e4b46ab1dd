import clsx from "clsx";
import type { ReactNode } from "react";

/** A message in a box: an error, which screen readers announce at once, or a note. */
export function Message({ kind, children }: { kind: "error" | "note"; children: ReactNode }) {
  const error = kind === "error";
  return (
    <div
      role={error ? "alert" : undefined}
      className={clsx(
        "border-l-2 px-4 py-3",
        error ? "border-danger bg-danger-soft text-danger" : "border-accent bg-note-soft text-ink",
      )}
    >
      {children}
    </div>
  );
}
