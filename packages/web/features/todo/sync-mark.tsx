import { Check, CircleAlert, CloudOff, LoaderCircle } from "lucide-react";
import { useEffect, useState } from "react";
import { todoWords } from "../../copy/todo.ts";
import { TextButton } from "../../lib/ui/button.tsx";
import type { SyncStatus } from "../sync/sync-status.ts";
import { useProblems, useSync } from "../sync/use-engine.ts";

const words = todoWords.sync;

/** Saves that take less than this many milliseconds are not shown. */
const worthAWordMs = 400;

/**
 * Shows whether everything is saved. Screen readers announce changes that last; the countdown to the next retry is
 * visual only.
 */
export function SyncMark() {
  const { state, waiting, retryAt, durable, retryNow } = useSync();
  const lasts = useLasting(state === "saving");
  const seconds = useSecondsUntil(state === "waiting" ? retryAt : undefined);
  const isUnsent = state === "offline" || state === "waiting";
  const { icon, text } = lookOf(state === "saving" && !lasts ? "idle" : state, waiting, useProblems().length);
  return (
    <div data-testid="sync" data-state={state} className="flex min-w-0 items-center gap-x-2 text-sm text-muted">
      <span aria-hidden="true" className="flex items-center gap-1.5 tabular-nums *:size-4">
        {icon}
        {isUnsent && waiting > 0 && <b className="size-auto! font-medium sm:hidden">{waiting}</b>}
      </span>
      <p role="status" className="min-w-0 max-sm:sr-only">
        {text}
      </p>
      {seconds !== undefined && (
        <span aria-hidden="true" className="whitespace-nowrap tabular-nums max-sm:hidden">
          {words.retryIn(seconds)}
        </span>
      )}
      {state === "waiting" && (
        <TextButton onClick={retryNow} className="min-h-control whitespace-nowrap">
          {words.retryNow}
        </TextButton>
      )}
      {!durable && waiting > 0 && (
        <CircleAlert role="img" aria-label={words.memoryOnly} className="size-4 text-danger" />
      )}
    </div>
  );
}

/** Returns the icon and the text of a state. */
function lookOf(state: SyncStatus["state"], waiting: number, undecided: number) {
  if (state === "offline") return { icon: <CloudOff />, text: words.offline(waiting) };
  if (state === "waiting") return { icon: <CloudOff />, text: words.waiting(waiting) };
  if (undecided > 0) return { icon: <CircleAlert />, text: words.undecided(undecided) };
  if (state === "idle") return { icon: <Check />, text: words.saved };
  return { icon: <LoaderCircle className="motion-safe:animate-spin" />, text: words[state] };
}

/** Returns whether a condition has held for at least `worthAWordMs`. */
function useLasting(is: boolean): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!is) return;
    const timer = setTimeout(() => setLasts(true), worthAWordMs);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [is]);
  return lasts;
}

/** @param moment in milliseconds since the epoch */
function useSecondsUntil(moment: number | undefined): number | undefined {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (moment === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [moment]);
  return moment === undefined ? undefined : Math.max(0, Math.ceil((moment - now) / 1_000));
}
