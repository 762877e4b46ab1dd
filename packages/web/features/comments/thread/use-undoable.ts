import { useEffect, useRef } from "react";
import { commentingWords } from "../../../copy/comments.interactive.ts";
import { common } from "../../../copy/common.ts";
import { problemInWords } from "../../../lib/problem-words.ts";
import { showToast } from "../../../lib/ui/toast/toast.tsx";

/** An action on a comment that runs once it can no longer be undone. */
interface UndoableAction {
  readonly text: string;
  run(): Promise<void>;
  /** Shows the comment again. */
  restore(): void;
}

/**
 * Delays the removal of a comment until its toast has closed, or until the component unmounts. It can be undone until
 * then. Hiding or leaving the page closes the toast. If the removal fails, the comment returns and a toast shows the
 * reason.
 */
export function useUndoable(): (held: UndoableAction) => void {
  const settles = useRef(new Set<() => void>());
  useEffect(() => {
    const all = settles.current;
    const settleAll = () => {
      for (const settle of [...all]) settle();
    };
    return settleAll;
  }, []);

  return ({ text, run, restore }) => {
    const settle = () => {
      if (!settles.current.delete(settle)) return;
      run().catch((error: unknown) => {
        restore();
        showToast({ tone: "error", text: commentingWords.news.notDone(problemInWords(error)) });
      });
    };
    const undo = () => {
      settles.current.delete(settle);
      restore();
    };
    settles.current.add(settle);
    showToast({ text, action: { name: common.undo, run: undo }, onGone: settle });
  };
}
