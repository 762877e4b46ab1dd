import { useEffect, useReducer } from "react";

/**
 * Counts down while the component is mounted.
 * @param end in milliseconds since the epoch
 * @returns whole seconds until then, rounded up; 0 afterwards
 */
export function useCountdown(end: number): number {
  const [, tick] = useReducer((ticks: number) => ticks + 1, 0);
  useEffect(() => {
    if (end <= Date.now()) return;
    const timer = setInterval(() => {
      tick();
      if (end <= Date.now()) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [end]);
  return Math.max(0, Math.ceil((end - Date.now()) / 1000));
}
