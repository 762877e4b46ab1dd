/**
 * What an attempt does: try a password to sign in, try a code from a mail, have a mail sent, or prove while signed in that one knows
 * the password. Each is limited on its own.
 */
export type Purpose = "password" | "code" | "mail" | "proof";

/** How often something may be attempted for one account before the counts rest. */
export interface Limits {
  /** By one browser that has signed in to the account before. */
  readonly device: number;
  /** From one address, by browsers that never did. */
  readonly address: number;
  /** By all such browsers together, whatever their addresses. */
  readonly strangers: number;
  /** The counts start over after this time without an attempt. */
  readonly quietSeconds: number;
}

/**
 * Cognito locks a user for 2^(n-5) seconds after n wrong passwords, n ≥ 5, and starts over after 15 minutes without an attempt. Strangers
 * get four attempts and then wait for longer than that, so they alone never reach Cognito's lockout.
 */
export const accountLimits: Readonly<Record<Purpose, Limits>> = {
  password: { device: 5, address: 3, strangers: 4, quietSeconds: 16 * 60 },
  // A code from a mail stands at least five guesses: one address cannot use them up.
  code: { device: 4, address: 4, strangers: 8, quietSeconds: 16 * 60 },
  // Cognito sends 20 mails an hour to a user. What strangers ask for leaves half of them to known browsers.
  mail: { device: 5, address: 5, strangers: 10, quietSeconds: 60 * 60 },
  // Takes an access token, so only the owner or a thief of the token can use these up; they are counted by the user's id.
  proof: { device: 5, address: 5, strangers: 5, quietSeconds: 16 * 60 },
};

/** Attempts from one address over all accounts that did not succeed, by browsers that have not signed in to the account before. */
export const addressLimits = { times: 300, seconds: 15 * 60 };

export const mostDevices = 10;
/** How long a browser stays known after its last sign-in. */
export const deviceSeconds = 180 * 24 * 60 * 60;
