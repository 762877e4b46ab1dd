import type { Clock } from "../clock.ts";
import { retryOptimistically } from "../db/optimistic-retry.ts";
import { tooManyRequests } from "../problem.ts";
import { accountHash, addressHash, addressHashIn, type Caller, deviceHash, newDeviceSecret } from "./attempt.caller.ts";
import type { Purpose } from "./attempt.limits.ts";
import * as repository from "./attempt.repository.ts";
import {
  type AccountState,
  type Attempter,
  attemptsOf,
  cleared,
  counted,
  isKnown,
  takenBack,
  waitFor,
  withDevice,
} from "./attempt.state.ts";

const { secondsOf } = repository;

/** An attempt that has been counted. Left as it is, it stays counted. */
export interface Attempt {
  /** It was no guess: takes the count back. */
  takeBack(): Promise<void>;
  /** It succeeded: forgets all attempts for these purposes. */
  succeed(...purposes: readonly Purpose[]): Promise<void>;
  /** As `succeed`, and remembers the browser from now on. @returns its device secret, for its cookie */
  succeedAndRemember(...purposes: readonly Purpose[]): Promise<string>;
}

/**
 * Counts an attempt on an account before it is made, so that parallel requests cannot pass the limit. An account that does not exist
 * is counted the same way. Two sequential round trips, or one when the attempt is refused.
 *
 * @param account the account's email address in lower case, or the id of its user
 * @throws too-many-requests which says how long to wait
 */
export async function begin(purpose: Purpose, account: string, caller: Caller, clock: Clock): Promise<Attempt> {
  const key = accountHash(account);
  const network = addressHash(caller.clientAddress);
  const who: Attempter = {
    device: caller.device && deviceHash(account, caller.device),
    address: addressHashIn(account, caller.clientAddress),
  };
  const at = clock.now();
  const seconds = secondsOf(at);
  const [networkWait, first] = await Promise.all([repository.countAddress(network, at), repository.find(key)]);
  // What was read or written last, until another request turns out to have been faster.
  let latest: repository.StoredState | undefined = first;
  const change = (apply: (state: AccountState) => AccountState, now: Date) =>
    retryOptimistically(async () => {
      const before = latest ?? (await repository.find(key));
      latest = undefined;
      latest = await repository.save(key, before, apply(before.state), now);
    });

  await change((state) => {
    const wait = waitFor(state, purpose, who, seconds);
    // A known browser is counted apart from the others at its address.
    refuse(isKnown(state, who, seconds) ? wait : Math.max(wait, networkWait));
    return counted(state, purpose, who, seconds);
  }, at);

  async function settle(attempts: number, apply: (state: AccountState) => AccountState): Promise<void> {
    const now = clock.now();
    const ofNetwork = networkWait === 0 && repository.takeBackAddress(network, attempts, at, now);
    await Promise.all([change(apply, now), ofNetwork]);
  }
  // Who succeeds was no attacker with the attempts before either, such as the sign-up before a confirmation.
  const made = (purposes: readonly Purpose[]) => attemptsOf(latest?.state ?? first.state, purposes, who, seconds);
  return {
    takeBack: () => settle(1, (state) => takenBack(state, purpose, who, seconds)),
    succeed: (...purposes) => settle(made(purposes), (state) => cleared(state, ...purposes)),
    async succeedAndRemember(...purposes) {
      const secret = caller.device ?? newDeviceSecret();
      const hash = deviceHash(account, secret);
      await settle(made(purposes), (state) => withDevice(cleared(state, ...purposes), hash, seconds));
      return secret;
    },
  };
}

/** Runs what was counted. A failure that was no guess takes the count back. */
export async function unlessNoGuess<Result>(
  attempt: Attempt,
  isNoGuess: (error: unknown) => boolean,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (isNoGuess(error)) await attempt.takeBack();
    throw error;
  }
}

/** Forgets the attempts on an account, and the browsers that have signed in to it. */
export const forget = (account: string): Promise<void> => repository.remove(accountHash(account));

/** @throws too-many-requests unless the wait is 0 */
function refuse(waitSeconds: number): void {
  if (waitSeconds > 0) throw tooManyRequests(waitSeconds);
}
