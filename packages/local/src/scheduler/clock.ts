import { setTimeout as delay } from "node:timers/promises";

/** Current time and timers. Tests replace it to run schedules that are due in the future. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves at the given time, or when the signal is aborted. */
  until(time: number, signal: AbortSignal): Promise<void>;
}

/** Longest single timer in milliseconds. It limits how late a timer fires after the machine has slept. */
const longestWaitMs = 30_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  async until(time, signal) {
    for (let left = time - Date.now(); left > 0 && !signal.aborted; left = time - Date.now())
      await delay(Math.min(left, longestWaitMs), undefined, { signal, ref: false }).catch(() => {});
  },
};
