import { setTimeout as delay } from "node:timers/promises";

/** The time, and waiting for it, as an argument: what is due next year can be tested today. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves at a time, or when the signal is aborted. */
  until(time: number, signal: AbortSignal): Promise<void>;
}

/** A machine that slept finds its timers late by so much at the most. */
const longestWaitMs = 30_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  async until(time, signal) {
    for (let left = time - Date.now(); left > 0 && !signal.aborted; left = time - Date.now())
      await delay(Math.min(left, longestWaitMs), undefined, { signal, ref: false }).catch(() => {});
  },
};
