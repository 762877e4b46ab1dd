"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { type FocusEvent, useEffect, useEffectEvent, useRef } from "react";
import { common } from "../../../copy/common.ts";
import { IconButton } from "../button.tsx";
import { dismissToast, newestAction, runToast, settleToasts, type Toast, useToasts } from "./toast-store.ts";

export { showToast } from "./toast-store.ts";

/**
 * Display times in milliseconds: without an action, with an action, and the extra time before a hovered or focused
 * toast is checked again.
 */
const shownMs = { plain: 5_000, action: 8_000, held: 2_000 };

/** Whether a toast is hovered or focused. No toast expires then. */
const areHeld = () => document.querySelector("[data-toasts]")?.matches(":hover, :focus-within") ?? false;

const inTextField = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea"));

/**
 * Shows the toasts, once per frame. They do not expire while one of them is hovered or focused. Ctrl+Z or Cmd+Z runs
 * the newest action.
 */
export function Toasts() {
  const toasts = useToasts();
  const before = useRef<EventTarget>(null);
  const rememberFocus = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) before.current = relatedTarget;
  };
  const returnFocus = () => {
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
  };
  useEffect(() => {
    const undo = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      const newest = newestAction();
      // The post editor's text field is in a shadow root, so `event.target` is only its host.
      if (newest === undefined || inTextField(event.composedPath()[0] ?? null)) return;
      event.preventDefault();
      runToast(newest.id);
    };
    const listening = new AbortController();
    const { signal } = listening;
    document.addEventListener("keydown", undo, { signal });
    document.addEventListener("visibilitychange", () => document.hidden && settleToasts(), { signal });
    window.addEventListener("pagehide", settleToasts, { signal });
    return () => listening.abort();
  }, []);

  return (
    <section
      aria-label={common.notifications}
      aria-live="polite"
      aria-relevant="additions text"
      data-toasts
      onFocus={rememberFocus}
      className="pointer-events-none fixed inset-x-0 bottom-0 z-60 flex flex-col items-center gap-2 p-4 pb-[max(1rem,env(safe-area-inset-bottom))] print:hidden"
    >
      {toasts.map((toast) => (
        <ToastView key={toast.id} toast={toast} onUsed={returnFocus} />
      ))}
    </section>
  );
}

function ToastView({ toast, onUsed }: { toast: Toast; onUsed: () => void }) {
  const { id, text, action, tone = "plain", lasting = false } = toast;
  const goUnlessHeld = useEffectEvent((again: () => void) => (areHeld() ? again() : dismissToast(id)));
  // A new text or action under the same id restarts the timer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the timer belongs to the toast object.
  useEffect(() => {
    if (lasting) return;
    let timer = 0;
    const wait = (ms: number) => {
      timer = window.setTimeout(() => goUnlessHeld(() => wait(shownMs.held)), ms);
    };
    wait(action ? shownMs.action : shownMs.plain);
    return () => clearTimeout(timer);
  }, [lasting, toast]);
  const use = (how: (id: string) => void) => () => {
    onUsed();
    how(id);
  };

  return (
    <div
      data-testid="toast"
      className={clsx(
        "pointer-events-auto flex w-full max-w-md items-center gap-1 rounded-lg border py-1 pr-1 pl-4 shadow-lift toast-in",
        tone === "error" ? "border-danger bg-danger-soft text-danger" : "border-ink bg-ink text-paper",
      )}
    >
      <p className="min-w-0 flex-1 py-2 break-words">{text}</p>
      {action && (
        <button
          type="button"
          onClick={use(runToast)}
          className="min-h-control shrink-0 rounded-md px-3 font-semibold underline underline-offset-4 focus-visible:outline-current"
        >
          {action.name}
        </button>
      )}
      <IconButton bare label={common.dismiss} onClick={use(dismissToast)} className="focus-visible:outline-current">
        <X aria-hidden className="size-5" />
      </IconButton>
    </div>
  );
}
