/** Requests a second, and how many may come at once. */
export interface ThrottleSettings {
  readonly throttlingRateLimit?: number;
  readonly throttlingBurstLimit?: number;
}

/** A token bucket: it holds `burst` tokens and gains `rate` of them a second; a request takes one. */
export function createThrottle(
  { throttlingRateLimit, throttlingBurstLimit }: ThrottleSettings,
  now = () => performance.now(),
) {
  const rate = throttlingRateLimit;
  if (rate === undefined) return { admits: () => true };
  const burst = throttlingBurstLimit ?? rate;
  let tokens = burst;
  let at = now();
  return {
    /** Whether another request is within the limits; if so it is counted. */
    admits(): boolean {
      const time = now();
      tokens = Math.min(burst, tokens + ((time - at) / 1000) * rate);
      at = time;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

export type Throttle = ReturnType<typeof createThrottle>;
