import type { CallContext } from "../call-context.ts";
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

/** A counted attempt. It remains counted unless one of these methods is called. */
export interface Attempt {
  /** Subtracts the attempt, because it was not a guess. */
  takeBack(): Promise<void>;
  /** Clears all attempts for these purposes after a success. */
  succeed(...purposes: readonly Purpose[]): Promise<void>;
  /** Like `succeed`. Also makes the browser known to the account. @returns its device secret, for its cookie */
  succeedAndRemember(...purposes: readonly Purpose[]): Promise<string>;
}

/** A call whose origin is known. */
export interface AttemptContext extends CallContext {
  readonly caller: Caller;
}

/**
 * Counts an attempt on an account before it is made, so that parallel requests cannot exceed the limit: with a limit of
 * 3, 12 parallel requests make 3 attempts, and 9 are refused. A nonexistent account is counted the same way. Two
 * sequential round trips, or one when the attempt is refused.
 *
 * @param account the account's email address in lower case, or the user id
 * @throws too-many-requests with the seconds to wait
 */
export async function begin({ clock, caller }: AttemptContext, purpose: Purpose, account: string): Promise<Attempt> {
  const key = accountHash(account);
  const network = addressHash(caller.clientAddress);
  const who: Attempter = {
    device: caller.device && deviceHash(account, caller.device),
    address: addressHashIn(account, caller.clientAddress),
  };
  const at = clock.now();
  const seconds = secondsOf(at);
  const [networkWait, first] = await Promise.all([repository.countAddress(network, at), repository.find(key)]);
  // The state that was read or written last. Undefined after another request has written first.
  let latest: repository.StoredState | undefined = first;
  const change = (apply: (state: AccountState) => AccountState, now: Date) =>
    retryOptimistically(async () => {
      const before = latest ?? (await repository.find(key));
      latest = undefined;
      latest = await repository.save(key, before, apply(before.state), now);
    });

  await change((state) => {
    const wait = waitFor(state, purpose, who, seconds);
    // The limit of the address does not apply to a known browser.
    refuse(isKnown(state, who, seconds) ? wait : Math.max(wait, networkWait));
    return counted(state, purpose, who, seconds);
  }, at);

  async function settle(attempts: number, apply: (state: AccountState) => AccountState): Promise<void> {
    const now = clock.now();
    const ofNetwork = networkWait === 0 && repository.takeBackAddress(network, attempts, at, now);
    await Promise.all([change(apply, now), ofNetwork]);
  }
  // A caller who succeeds was not attacking before, so subtract the earlier attempts, too: for example the sign-up
  // before a confirmation.
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

/** Runs a counted attempt. If it fails with an error that shows it was not a guess, subtracts it. */
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

/** Deletes the attempts on an account and its known browsers. */
export const forget = (account: string): Promise<void> => repository.remove(accountHash(account));

/** @throws too-many-requests unless the wait is 0 */
function refuse(waitSeconds: number): void {
  if (waitSeconds > 0) throw tooManyRequests(waitSeconds);
}
