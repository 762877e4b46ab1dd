/** A clock that is passed as an argument, so that tests can choose the time at which something expires. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Seconds since 1970, the unit of token claims and of Cognito's responses. */
export const secondsOf = (clock: Clock): number => Math.floor(clock.now().getTime() / 1000);
