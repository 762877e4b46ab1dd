/** The one rule for passwords (NIST SP 800-63B: length, not composition); the user pool's policy is made from it. */
export const passwordMinLength = 12;
