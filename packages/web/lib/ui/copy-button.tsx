"use client";

import { type MouseEvent, useState } from "react";
import { common } from "../../copy/common.ts";
import { useHydrated } from "../hydrated.ts";

const labels = { idle: common.copy, copied: common.copied, failed: common.copyFailed };

/**
 * Copies the `code` element inside the closest `data-copied` element. Without JavaScript there is no button, but the
 * text can be selected.
 */
export function CopyButton() {
  const hydrated = useHydrated();
  const [state, setState] = useState<keyof typeof labels>("idle");
  if (!hydrated) return null;
  const copy = ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    const text = currentTarget.closest("[data-copied]")?.querySelector("code")?.textContent ?? "";
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
