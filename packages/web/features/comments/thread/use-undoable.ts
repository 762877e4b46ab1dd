import { useEffect, useRef } from "react";
import { commentingWords } from "../../../copy/comments.interactive.ts";
import { common } from "../../../copy/common.ts";
import { problemInWords } from "../../../lib/problem-words.ts";
import { dismissToast, showToast } from "../../../lib/ui/toast/toast-store.ts";

/** An action on a comment that runs once it can no longer be undone. */
interface UndoableAction {
  readonly text: string;
  run(): Promise<void>;
  /** Shows the comment again. */
  restore(): void;
}

/**
 * Delays the removal of a comment until its toast is gone: it has closed, the page is hidden or left, or the component
 * unmounts. It can be undone until then. If the removal fails, the comment returns and a toast shows the reason.
 */
export function useUndoable(): (held: UndoableAction) => void {
  const toasts = useRef<string[]>([]);
  useEffect(() => {
    const shown = toasts.current;
    return () => {
      for (const id of shown) dismissToast(id);
    };
  }, []);

  return ({ text, run, restore }) => {
    const onGone = () => {
      run().catch((error: unknown) => {
        restore();
        showToast({ tone: "error", text: commentingWords.news.notDone(problemInWords(error)) });
      });
    };
    toasts.current.push(showToast({ text, action: { name: common.undo, run: restore }, onGone }));
  };
}
