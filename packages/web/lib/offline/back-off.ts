/** Time and random value for computing a retry. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /**
   * Jitter from 0 up to, but not including, 1. It spreads the retries of tabs and browsers that failed together: with
   * 0, the first retry comes after 0.75 s, and with 0.9 after 0.975 s.
   */
  readonly random: number;
}

export const thisMoment = (): Moment => ({ now: Date.now(), random: Math.random() });

const longestPauseMs = 60_000;

/**
 * Returns the back-off in milliseconds: doubles from 1 s up to 60 s, times 0.75 to 1 for jitter. Example: after the
 * third failure it is 4 s × (0.75 to 1), which is 3 to 4 s.
 */
export const backOffMs = (failures: number, random: number): number =>
  Math.min(longestPauseMs, 1000 * 2 ** (failures - 1)) * (0.75 + random / 4);

/**
 * Returns when to retry, in milliseconds since the epoch.
 * @param afterMs the minimum delay that the API asks for with `Retry-After`
 */
export const retryAtOf = (failures: number, { now, random }: Moment, afterMs = 0): number =>
  now + Math.max(afterMs, backOffMs(failures, random));
