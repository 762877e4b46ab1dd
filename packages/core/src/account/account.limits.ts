/**
 * Minimum length of a password. There are no composition rules (NIST SP 800-63B). The user pool's policy uses this
 * value.
 */
export const passwordMinLength = 12;
