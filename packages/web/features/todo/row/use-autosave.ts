import { useEffect, useEffectEvent, useState } from "react";

/** Debounce in milliseconds after the last keystroke. */
const pauseMs = 800;

export interface Autosave {
  readonly text: string;
  change(text: string): void;
  /** Changes the text and saves it at once. */
  choose(text: string): void;
  /** Saves the current text now. */
  flush(): void;
  /** Drops the changes that were made here, saved or not. A text that was changed elsewhere since is kept. */
  revert(): void;
}

interface AutosaveOptions {
  /** @param base the text when editing started @returns whether the text could be saved */
  save(text: string, base: string): boolean;
  /** Whether to save after a pause in typing. Off for values that are valid while half typed, such as dates. */
  readonly savesOnPause?: boolean;
}

/**
 * A text that is saved after a pause, when its field loses focus, and when the page is hidden or left.
 * While it has no unsaved changes, it follows `shown`.
 */
export function useAutosave(shown: string, { save, savesOnPause = true }: AutosaveOptions): Autosave {
  const [text, setText] = useState(shown);
  const [base, setBase] = useState(shown);
  const [seen, setSeen] = useState(shown);
  /** The text that was saved last, and the text before all saves. */
  const [saved, setSaved] = useState<{ readonly first: string; readonly last: string }>();
  const isDirty = text !== base;
  if (shown !== seen) {
    setSeen(shown);
    if (!isDirty || text === shown) {
      setText(shown);
      setBase(shown);
    }
  }

  /** The text before all changes here, unless it was changed elsewhere since. */
  const first = saved?.last === base ? saved.first : base;

  function keep(next: string) {
    if (next === base || !save(next, base)) return;
    setBase(next);
    setSaved({ first, last: next });
  }
  const flush = () => keep(text);
  const onPause = useEffectEvent(flush);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each keystroke restarts the timer.
  useEffect(() => {
    if (!isDirty) return;
    const timer = savesOnPause ? setTimeout(() => onPause(), pauseMs) : undefined;
    const leaving = new AbortController();
    const { signal } = leaving;
    window.addEventListener("pagehide", () => onPause(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden && onPause(), { signal });
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [text, isDirty, savesOnPause]);

  function choose(next: string) {
    setText(next);
    keep(next);
  }
  return { text, change: setText, choose, flush, revert: () => choose(first) };
}
