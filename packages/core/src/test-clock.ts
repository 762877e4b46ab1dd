import type { Clock } from "./clock.ts";

/** A clock that the test sets. */
export interface TestClock extends Clock {
  set(time: string): void;
}

export function testClock(time = "2026-11-21T10:00:00.000Z"): TestClock {
  let now = time;
  return {
    now: () => new Date(now),
    set(next) {
      now = next;
    },
  };
}
