import { useEffect, useEffectEvent, useState } from "react";

/** So long after the last keystroke a text is kept by itself. */
const pauseMs = 800;

interface Autosave {
  readonly text: string;
  change(text: string): void;
  /** Changes it and keeps it at once. */
  choose(text: string): void;
  /** Keeps now what was typed. */
  flush(): void;
}

interface AutosaveOptions {
  /** @param base what the person saw when they began. @returns whether the text could be kept */
  save(text: string, base: string): boolean;
  /** Whether a pause in typing saves. Not for a value that is valid while it is half typed, such as a date. */
  readonly savesOnPause?: boolean;
}

/**
 * A text while it is typed: it is saved after a pause, when its field is left, and when the page is hidden or left.
 * While nobody types, it follows what is shown.
 */
export function useAutosave(shown: string, { save, savesOnPause = true }: AutosaveOptions): Autosave {
  const [text, setText] = useState(shown);
  const [base, setBase] = useState(shown);
  const [seen, setSeen] = useState(shown);
  const isDirty = text !== base;
  if (shown !== seen) {
    setSeen(shown);
    if (!isDirty || text === shown) {
      setText(shown);
      setBase(shown);
    }
  }

  function keep(next: string) {
    if (next !== base && save(next, base)) setBase(next);
  }
  const flush = () => keep(text);
  const onPause = useEffectEvent(flush);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each keystroke begins the pause anew.
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
  return { text, change: setText, choose, flush };
}
