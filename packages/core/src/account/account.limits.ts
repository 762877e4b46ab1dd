/**
 * Minimum length of a password. There are no composition rules (NIST SP 800-63B). The user pool's policy uses this
 * value.
 */
export const passwordMinLength = 12;

/** Maximum sign-ins of one user. Each stores a session for up to 30 days. */
export const sessionRate = { times: 30, seconds: 60 * 60 } as const;
