import { useEffect, useEffectEvent, useState } from "react";

/** So long after the last keystroke a text is kept by itself. */
const pauseMs = 800;

interface Draft {
  readonly text: string;
  change(text: string): void;
  /** Keeps now what was typed. */
  flush(): void;
}

/**
 * A text while it is typed: it is saved after a pause, when its field is left, and when the page is.
 * While nobody types, it follows what is shown.
 * @param save is told what the person saw when they began; whether the text could be kept is its answer
 */
export function useDraft(shown: string, save: (text: string, base: string) => boolean): Draft {
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

  function flush() {
    if (isDirty && save(text, base)) setBase(text);
  }
  const onPause = useEffectEvent(flush);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each keystroke begins the pause anew.
  useEffect(() => {
    if (!isDirty) return;
    const timer = setTimeout(() => onPause(), pauseMs);
    const leave = () => onPause();
    window.addEventListener("pagehide", leave);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", leave);
    };
  }, [text, isDirty]);

  return { text, change: setText, flush };
}
