"use client";

import { type MouseEvent, useState } from "react";
import { useHydrated } from "../../lib/hydrated.ts";

const labels = { idle: "Copy", copied: "Copied", failed: "Select to copy" };

/** Copies the code of the figure that it stands in. Without scripts there is no button, and the text can be selected as ever. */
export function CopyButton() {
  const hydrated = useHydrated();
  const [state, setState] = useState<keyof typeof labels>("idle");
  if (!hydrated) return null;
  const copy = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    const text = currentTarget.closest("figure")?.querySelector("code")?.textContent ?? "";
    navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("failed"),
    );
  };
  return (
    <button
      type="button"
      onClick={copy}
      onBlur={() => setState("idle")}
      className="min-h-8 rounded-md px-2 text-sm font-semibold text-accent hover:text-accent-strong"
    >
      <span aria-live="polite">{labels[state]}</span>
    </button>
  );
}
