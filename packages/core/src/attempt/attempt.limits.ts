/**
 * Kind of an attempt: try a password to sign in (`password`), try an emailed code (`code`), request an email (`mail`),
 * or verify the password while signed in (`proof`). Each kind has separate limits.
 */
export type Purpose = "password" | "code" | "mail" | "proof";

/** Maximum attempts of one kind on one account, before the caller must wait. */
export interface Limits {
  /** By one browser that has signed in to the account before. */
  readonly device: number;
  /** From one address, by all other browsers. */
  readonly address: number;
  /** From all addresses together, by browsers that have not signed in to the account before. */
  readonly strangers: number;
  /** Seconds without an attempt after which the counts restart. */
  readonly quietSeconds: number;
}

/**
 * Cognito locks a user for 2^(n-5) seconds after n wrong passwords, n ≥ 5, and restarts after 15 minutes without an
 * attempt. Unknown browsers get four attempts and then wait for 16 minutes, so they alone never reach Cognito's
 * lockout.
 */
export const accountLimits: Readonly<Record<Purpose, Limits>> = {
  password: { device: 5, address: 3, strangers: 4, quietSeconds: 16 * 60 },
  // Cognito accepts at least five guesses of an emailed code. One address has four, so it cannot use them up.
  code: { device: 4, address: 4, strangers: 8, quietSeconds: 16 * 60 },
  // Cognito sends 20 emails per hour to a user. Unknown browsers can use half of them, which leaves ten to known
  // browsers.
  mail: { device: 5, address: 5, strangers: 10, quietSeconds: 60 * 60 },
  // Requires an access token, so only the owner or a thief of the token can use these up. Counted by user id.
  proof: { device: 5, address: 5, strangers: 5, quietSeconds: 16 * 60 },
};

/**
 * Limit of unsuccessful attempts from one address, over all accounts. Attempts of known browsers are counted, but not
 * refused by this limit.
 */
export const addressLimits = { times: 300, seconds: 15 * 60 };

export const mostDevices = 10;
/** Seconds for which a browser is known after its last sign-in. */
export const deviceSeconds = 180 * 24 * 60 * 60;
