/** `throttlingRateLimit`: requests per second. `throttlingBurstLimit`: maximum number of requests at once. */
export interface ThrottleSettings {
  readonly throttlingRateLimit?: number;
  readonly throttlingBurstLimit?: number;
}

/**
 * Creates a token bucket. It holds up to `throttlingBurstLimit` tokens and gains `throttlingRateLimit` tokens per
 * second. Each request takes one. The burst defaults to the rate. Without a rate, every request is admitted.
 */
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
    /** Takes a token. Returns false if there is none. */
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
