import { useEffect, useState } from "react";

const pauseMs = 1000;

/** Whether nobody has typed for a moment since this was asked: a dialog that opens under typing hands would get the rest of the sentence. */
export function useTypingPause(): boolean {
  const [paused, setPaused] = useState(false);
  useEffect(() => {
    const pause = () => setPaused(true);
    let timer = setTimeout(pause, pauseMs);
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(pause, pauseMs);
    };
    document.addEventListener("keydown", wait, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", wait, true);
    };
  }, []);
  return paused;
}
