import { useEffect, useState } from "react";

const pauseMs = 1000;

/**
 * Returns whether the user has not typed for one second since mounting. Without this pause, a dialog that opens while
 * the user types would receive the rest of the sentence. It stays true afterwards.
 */
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
