import { accountLimits, deviceSeconds, mostDevices, type Purpose } from "./attempt.limits.ts";

/*
 * The counting rules, without storage. All times are epoch seconds.
 */

/**
 * Unsuccessful attempts for one purpose, by caller: `device:<hash>` or `address:<hash>`. Example:
 * `{ lastAt: 1795946400, counts: { "address:a": 3, "address:b": 1, "device:c": 2 } }`
 */
export interface Tally {
  readonly lastAt: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** A browser that has signed in to the account. */
export interface KnownDevice {
  readonly hash: string;
  readonly expiresAt: number;
}

/** State of the attempts on one account. */
export interface AccountState {
  readonly tallies: Readonly<Partial<Record<Purpose, Tally>>>;
  readonly devices: readonly KnownDevice[];
}

/** The caller of an attempt: hashes of the browser's device secret, if it has one, and of its address. */
export interface Attempter {
  readonly device: string | undefined;
  readonly address: string;
}

export const blankState: AccountState = { tallies: {}, devices: [] };

/** Returns whether the browser has signed in to the account before, and is not forgotten yet. */
export const isKnown = ({ devices }: AccountState, { device }: Attempter, now: number): boolean =>
  devices.some(({ hash, expiresAt }) => hash === device && now < expiresAt);

const nameOf = (state: AccountState, who: Attempter, now: number) =>
  isKnown(state, who, now) ? `device:${who.device}` : `address:${who.address}`;

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/**
 * Returns the seconds until the attempt is allowed; 0 if it is allowed now. Example: the limits are 3 per address and 4
 * for all unknown browsers. With 3 attempts of address a and 1 of address b, all unknown browsers must wait.
 */
export function waitFor(state: AccountState, purpose: Purpose, who: Attempter, now: number): number {
  const limits = accountLimits[purpose];
  const tally = openTally(state, purpose, now);
  if (!tally) return 0;
  const name = nameOf(state, who, now);
  const own = tally.counts[name] ?? 0;
  const ofStrangers = sum(Object.entries(tally.counts).map(([by, count]) => (by.startsWith("address:") ? count : 0)));
  const exceeded = isKnown(state, who, now)
    ? own >= limits.device
    : own >= limits.address || ofStrangers >= limits.strangers;
  return exceeded ? tally.lastAt + limits.quietSeconds - now : 0;
}

/** Counts one attempt, which must be allowed. */
export function counted(state: AccountState, purpose: Purpose, who: Attempter, now: number): AccountState {
  const counts = openTally(state, purpose, now)?.counts ?? {};
  const name = nameOf(state, who, now);
  return withTally(state, purpose, { lastAt: now, counts: { ...counts, [name]: (counts[name] ?? 0) + 1 } });
}

/** Returns the caller's attempts for these purposes since the counts restarted. */
export const attemptsOf = (state: AccountState, purposes: readonly Purpose[], who: Attempter, now: number): number =>
  sum(purposes.map((purpose) => openTally(state, purpose, now)?.counts[nameOf(state, who, now)] ?? 0));

/** Subtracts one counted attempt that was not a guess. */
export function takenBack(state: AccountState, purpose: Purpose, who: Attempter, now: number): AccountState {
  const tally = state.tallies[purpose];
  const name = nameOf(state, who, now);
  if (!tally?.counts[name]) return state;
  return withTally(state, purpose, { ...tally, counts: { ...tally.counts, [name]: tally.counts[name] - 1 } });
}

/** Clears the attempts for these purposes after a success. */
export const cleared = ({ tallies, devices }: AccountState, ...purposes: readonly Purpose[]): AccountState => ({
  tallies: Object.fromEntries(
    Object.entries(tallies).filter(([name]) => !purposes.some((purpose) => purpose === name)),
  ),
  devices,
});

/**
 * Makes a browser known after a sign-in. If there are more than `mostDevices`, drops the one with the oldest sign-in.
 */
export function withDevice(state: AccountState, device: string, now: number): AccountState {
  const others = state.devices.filter(({ hash, expiresAt }) => hash !== device && now < expiresAt);
  return { ...state, devices: [{ hash: device, expiresAt: now + deviceSeconds }, ...others].slice(0, mostDevices) };
}

/**
 * Returns the time from which the state is no longer needed: all counts have restarted, and all browsers have expired.
 */
export function expiryOf({ tallies, devices }: AccountState, now: number): number {
  const quiet = Object.values(accountLimits).map(({ quietSeconds }) => quietSeconds);
  const latest = Math.max(now, ...Object.values(tallies).map(({ lastAt }) => lastAt));
  return Math.max(latest + Math.max(...quiet), ...devices.map(({ expiresAt }) => expiresAt));
}

function openTally({ tallies }: AccountState, purpose: Purpose, now: number): Tally | undefined {
  const tally = tallies[purpose];
  return tally && now < tally.lastAt + accountLimits[purpose].quietSeconds ? tally : undefined;
}

const withTally = (state: AccountState, purpose: Purpose, tally: Tally): AccountState => ({
  ...state,
  tallies: { ...state.tallies, [purpose]: tally },
});
