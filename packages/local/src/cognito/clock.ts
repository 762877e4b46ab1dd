/** The time, as an argument: what expires can be tested at any moment. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Seconds since 1970, as tokens and Cognito's answers count. */
export const secondsOf = (clock: Clock): number => Math.floor(clock.now().getTime() / 1000);
